// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets many threads use a native object, and closes it when no thread uses it. A native call on
 * freed memory does not throw an exception: it ends the JVM. Thread-safe.
 */
public final class NativeGuard {

  /**
   * A use of the native object.
   *
   * @param <T> type of the result
   * @param <E> type of the exception
   */
  public interface Use<T, E extends Exception> {

    /**
     * Uses the object.
     *
     * @return the result
     * @throws E if the use fails
     */
    T go() throws E;
  }

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final String what;
  private boolean closed;

  /**
   * A guard for one object.
   *
   * @param what name of the object for messages
   */
  public NativeGuard(String what) {
    this.what = what;
  }

  /**
   * Uses the object.
   *
   * @param <T> type of the result
   * @param <E> type of the exception
   * @param use called on this thread
   * @return the result of {@code use}
   * @throws E if {@code use} throws it
   * @throws IllegalStateException if the object is closed
   */
  public <T, E extends Exception> T use(Use<T, E> use) throws E {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the " + what + " is closed");
      }
      return use.go();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Closes the object once, after its current uses.
   *
   * @param <E> type of the exception
   * @param close closes the object
   * @throws E if closing throws it
   */
  public <E extends Exception> void close(Use<Void, E> close) throws E {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        close.go();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
