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
 * A loop on the calling thread and on threads that have nothing else to do.
 *
 * <p>A node that is not busy tokenizes a request on all its cores. On a busy one no thread is idle,
 * the caller does it alone, and no time goes into handing over. Thread-safe.
 */
final class ParallelFor implements AutoCloseable {

  /** For fewer rounds a thread it does not pay to wake it. */
  private static final int FEW_ROUNDS = 4;

  private final int helpers;
  private final ThreadPoolExecutor idle;

  /**
   * Starts the threads.
   *
   * @param threads how many shall go through a loop, the caller's included
   */
  ParallelFor(int threads) {
    helpers = threads - 1;
    AtomicInteger number = new AtomicInteger();
    // Nothing waits in a SynchronousQueue: who is not idle is not asked.
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
    // Now, so that none inherits what a request may or may not do.
    idle.prestartAllCoreThreads();
  }

  /**
   * Calls the body once for each number from 0, in no order, and waits until all calls are through.
   *
   * @param count how many numbers
   * @param body called from several threads; after it has thrown, it is called no more, and what it
   *     threw is thrown
   */
  void forEach(int count, IntConsumer body) {
    Rounds rounds = new Rounds(count, body);
    for (int i = 0; i < Math.min(helpers, count / FEW_ROUNDS - 1); i++) {
      idle.execute(rounds);
    }
    rounds.run();
    rounds.await();
  }

  /** Ends the threads after the loop that each of them is at; callers go on alone. */
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

    /** What others are at is a round each: not worth to be interrupted. */
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
