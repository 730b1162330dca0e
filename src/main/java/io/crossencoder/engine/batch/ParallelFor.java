// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * A loop that runs on the calling thread and on idle threads.
 *
 * <p>On an idle node, a request is tokenized on all cores. On a busy node no thread is idle: the
 * caller runs the whole loop, without the cost of handing it over. Thread-safe.
 */
final class ParallelFor implements AutoCloseable {

  /** Waking a thread takes longer than this number of rounds. */
  private static final int FEW_ROUNDS = 4;

  private final int helpers;
  private final ThreadPoolExecutor idle;

  /**
   * Starts the threads.
   *
   * @param threads number of threads for a loop, including the caller's
   */
  ParallelFor(int threads) {
    helpers = threads - 1;
    AtomicInteger number = new AtomicInteger();
    // A SynchronousQueue holds no tasks: only idle threads accept one.
    idle =
        new ThreadPoolExecutor(
            helpers,
            Math.max(1, helpers),
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "crossencoder-helper-" + number.getAndIncrement());
              thread.setDaemon(true);
              thread.setContextClassLoader(ParallelFor.class.getClassLoader());
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    // Started now, so that they do not inherit the permissions of a request.
    idle.prestartAllCoreThreads();
  }

  /**
   * Calls the body once for each number from 0, in no order; waits until all calls return.
   *
   * @param count number of calls
   * @param body called from several threads; after it throws, it is not called again, and the
   *     exception is rethrown
   */
  void forEach(int count, IntConsumer body) {
    Rounds rounds = new Rounds(count, body);
    for (int i = 0; i < Math.min(helpers, count / FEW_ROUNDS - 1); i++) {
      idle.execute(rounds);
    }
    rounds.run();
    rounds.await();
  }

  /** Stops the threads after their current loops; callers then run loops alone. */
  @Override
  public void close() {
    idle.shutdown();
    try {
      idle.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Rounds implements Runnable {

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final int count;
    private final IntConsumer body;
    private final CountDownLatch through;

    Rounds(int count, IntConsumer body) {
      this.count = count;
      this.body = body;
      through = new CountDownLatch(count);
    }

    @Override
    public void run() {
      for (int round = next.getAndIncrement(); round < count; round = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            body.accept(round);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          through.countDown();
        }
      }
    }

    /** Not interruptible, because the other threads have at most one round left. */
    void await() {
      boolean interrupted = false;
      while (through.getCount() > 0) {
        try {
          through.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (failure.get() instanceof RuntimeException e) {
        throw e;
      }
      if (failure.get() instanceof Error e) {
        throw e;
      }
    }
  }
}
