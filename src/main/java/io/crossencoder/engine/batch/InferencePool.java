// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of a node that run batches, one batch a thread at a time.
 *
 * <p>Requests take turns: a worker takes one batch of the request at the head of the line, and that
 * request goes to the end of it. So 20 pairs do not wait behind 1,000. Thread-safe.
 */
public final class InferencePool implements AutoCloseable {

  /** With so few left to run, a request makes more: enough that no worker waits for it. */
  private static final int FEW_PAIRS = RequestBatches.TIER / 2;

  private final Lock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Deque<ScoringJob> line = new ArrayDeque<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final ParallelFor loop;
  private final int maxQueuedPairs;
  private int queuedPairs;
  private boolean closed;

  /**
   * Starts the threads.
   *
   * @param count how many; as many as there are cores is the fastest
   * @param maxQueuedPairs pairs that may wait; a request that finds more is refused
   */
  public InferencePool(int count, int maxQueuedPairs) {
    this.maxQueuedPairs = maxQueuedPairs;
    loop = new ParallelFor(count);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::work, "crossencoder-worker-" + i);
      thread.setDaemon(true);
      thread.setContextClassLoader(InferencePool.class.getClassLoader());
      thread.start();
      threads.add(thread);
    }
  }

  /** For what a request does before there are batches. */
  public ParallelFor loop() {
    return loop;
  }

  /** A condition for a job to signal its end with. */
  public Condition newCondition() {
    return lock.newCondition();
  }

  /**
   * Runs a job and waits until it is through or its deadline is. After that nothing more is written
   * to its logits.
   *
   * <p>The waiting thread makes the batches, and no more of them than are soon to be run.
   *
   * @param pairs how many the job has in all
   * @param batches its batches, some at a time; what it throws is thrown, and the job abandoned
   * @return false if the line was too long, and nothing was run
   * @throws InterruptedException if the waiting thread was; the job is abandoned
   */
  public boolean run(ScoringJob job, int pairs, Iterator<List<Batch>> batches)
      throws InterruptedException {
    lock.lock();
    try {
      // A request alone in the line is taken at any size: it would never be otherwise.
      if (closed || (queuedPairs > 0 && queuedPairs + pairs > maxQueuedPairs)) {
        refused.increment();
        return false;
      }
      while (batches.hasNext() && job.wantsMore()) {
        List<Batch> more = next(batches, job.deadline().bounded() ? 0 : pairs);
        if (closed) {
          return true;
        }
        add(job, more);
        if (!job.await(() -> job.pendingPairs() <= FEW_PAIRS)) {
          return true;
        }
      }
      job.await(job::isDone);
      return true;
    } finally {
      line.remove(job);
      queuedPairs -= job.pendingPairs();
      job.abandon();
      lock.unlock();
    }
  }

  /** Tokenizing takes its time: without the lock, but others see that these pairs wait. */
  private List<Batch> next(Iterator<List<Batch>> batches, int pairs) {
    queuedPairs += pairs;
    lock.unlock();
    try {
      return batches.next();
    } finally {
      lock.lock();
      queuedPairs -= pairs;
    }
  }

  private void add(ScoringJob job, List<Batch> batches) {
    if (!job.hasPending()) {
      line.addLast(job);
    }
    int before = job.pendingPairs();
    job.add(batches);
    queuedPairs += job.pendingPairs() - before;
    work.signalAll();
  }

  private void work() {
    lock.lock();
    try {
      while (!closed) {
        ScoringJob job = line.poll();
        if (job == null) {
          work.awaitUninterruptibly();
          continue;
        }
        take(job).ifPresent(batch -> runUnlocked(job, batch));
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<Batch> take(ScoringJob job) {
    int before = job.pendingPairs();
    Optional<Batch> batch = job.next();
    queuedPairs -= before - job.pendingPairs();
    if (job.hasPending()) {
      line.addLast(job);
    }
    if (job.pendingPairs() <= FEW_PAIRS) {
      job.changed().signalAll();
    }
    return batch;
  }

  private void runUnlocked(ScoringJob job, Batch batch) {
    float[] logits = null;
    Throwable failure = null;
    busy.incrementAndGet();
    lock.unlock();
    long start = System.nanoTime();
    try {
      logits = job.run(batch);
    } catch (Throwable e) {
      // Whatever it is, it belongs to the request and must not end the worker.
      failure = e;
    } finally {
      busy.decrementAndGet();
      lock.lock();
    }
    if (failure == null) {
      job.succeeded(batch, logits, System.nanoTime() - start);
      return;
    }
    int before = job.pendingPairs();
    job.failed(failure);
    queuedPairs -= before - job.pendingPairs();
    line.remove(job);
  }

  /** Pairs that wait for a worker now. */
  public int queuedPairs() {
    lock.lock();
    try {
      return queuedPairs;
    } finally {
      lock.unlock();
    }
  }

  /** Threads that run a batch now. */
  public int busy() {
    return busy.get();
  }

  /** Calls that found the line too long, since the start. */
  public long refused() {
    return refused.sum();
  }

  public int threads() {
    return threads.size();
  }

  public int maxQueuedPairs() {
    return maxQueuedPairs;
  }

  /** Ends the threads after the batch each of them is at; requests that wait get what is scored. */
  @Override
  public void close() {
    loop.close();
    lock.lock();
    try {
      closed = true;
      for (ScoringJob job : line) {
        queuedPairs -= job.pendingPairs();
        job.drop();
      }
      line.clear();
      work.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
