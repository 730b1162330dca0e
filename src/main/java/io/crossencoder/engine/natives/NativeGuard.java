// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets many threads use a native object, and one of them close it when nobody does. A native call
 * on memory that has been freed does not throw: it ends the JVM.
 */
public final class NativeGuard {

  /** Something done with the native object. */
  public interface Use<T, E extends Exception> {
    T go() throws E;
  }

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final String what;
  private boolean closed;

  /** For an object that messages call this. */
  public NativeGuard(String what) {
    this.what = what;
  }

  /**
   * Uses the object.
   *
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

  /** Closes the object once, when those who use it now are through. */
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
