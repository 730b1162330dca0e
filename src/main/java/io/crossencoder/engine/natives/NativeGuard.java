// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets many threads use a native object, and one of them close it when nobody does. A native call
 * on memory that has been freed does not throw: it ends the JVM.
 */
public final class NativeGuard {

  /**
   * Something done with the native object.
   *
   * @param <T> what it gives
   * @param <E> what it may throw
   */
  public interface Use<T, E extends Exception> {

    /**
     * Does it.
     *
     * @return what it gives
     * @throws E if it cannot be done
     */
    T go() throws E;
  }

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final String what;
  private boolean closed;

  /**
   * For an object.
   *
   * @param what how messages call it
   */
  public NativeGuard(String what) {
    this.what = what;
  }

  /**
   * Uses the object.
   *
   * @param <T> what that gives
   * @param <E> what it may throw
   * @param use what is done with it, on this thread
   * @return what it gave
   * @throws E if the use throws it
   * @throws IllegalStateException if it is closed
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
   * Closes the object once, when those who use it now are through.
   *
   * @param <E> what that may throw
   * @param close closes it
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
