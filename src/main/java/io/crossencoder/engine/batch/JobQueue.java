// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The running requests of a node. After each batch a request moves back in the {@link Line}.
 *
 * <p>Thread-safe: one lock guards the line and its jobs. Tokenizing and running never hold the
 * lock.
 */
final class JobQueue {

  private final Lock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Line line = new Line();
  private final Set<ScoringJob> present = new HashSet<>();
  private final Flights flights = new Flights();
  private final int maxPairs;
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param maxPairs maximum number of waiting pairs; further requests are rejected
   */
  JobQueue(int maxPairs) {
    this.maxPairs = maxPairs;
  }

  /** A condition to wait for changes of a job. */
  Condition newCondition() {
    return lock.newCondition();
  }

  /**
   * Accepts a job unless the queue is full. An empty queue accepts a job of any size, because it
   * could never be accepted otherwise.
   */
  boolean enter(ScoringJob job, int pairs) {
    lock.lock();
    try {
      int queued = queuedPairs();
      if (closed || (queued > 0 && queued + pairs > maxPairs)) {
        return false;
      }
      job.announce(pairs);
      return present.add(job);
    } finally {
      lock.unlock();
    }
  }

  /** Adds batches to a job. */
  void add(ScoringJob job, List<Batch> batches) {
    lock.lock();
    try {
      if (!closed) {
        job.add(batches);
        settle(job);
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a job needs more batches; returns false if it needs none. */
  boolean awaitFew(ScoringJob job) throws InterruptedException {
    lock.lock();
    try {
      return await(job, job::hasFew) && job.wantsMore() && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the job is done or its deadline expires. */
  void awaitDone(ScoringJob job) throws InterruptedException {
    lock.lock();
    try {
      job.isWhole = true;
      await(job, job::isDone);
    } finally {
      lock.unlock();
    }
  }

  private static boolean await(ScoringJob job, BooleanSupplier reached)
      throws InterruptedException {
    while (!reached.getAsBoolean()) {
      if (!job.deadline.bounded()) {
        job.changed.await();
      } else {
        long left = job.deadline.remainingNanos();
        if (left <= 0 || job.changed.awaitNanos(left) <= 0) {
          return reached.getAsBoolean();
        }
      }
    }
    return true;
  }

  /** Waits for the next batch; empty if the queue is closed. */
  Optional<Run> take() {
    lock.lock();
    try {
      while (!closed) {
        Optional<ScoringJob> first = line.poll();
        if (first.isEmpty()) {
          work.awaitUninterruptibly();
          continue;
        }
        ScoringJob job = first.get();
        job.inLine = false;
        Optional<Run> run = next(job);
        settle(job);
        if (run.isPresent()) {
          return run;
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Run> next(ScoringJob job) {
    try {
      return job.next(flights);
    } catch (RuntimeException | Error e) {
      job.fail(e);
      return Optional.empty();
    }
  }

  /** Records the scores of a run. */
  void succeeded(Run run, float[] scores, long nanos) {
    ended(run, scores, () -> run.job().succeeded(run, scores, nanos));
  }

  /** Records a failed run: only its own request fails. */
  void failed(Run run, Throwable cause) {
    ended(run, new float[0], () -> run.job().failed(cause));
  }

  private void ended(Run run, float[] scores, Runnable outcome) {
    lock.lock();
    try {
      ScoringJob job = run.job();
      job.running.remove(run);
      try {
        outcome.run();
      } catch (RuntimeException | Error e) {
        job.fail(e);
      }
      List<List<Flights.Waiter>> waiters = flights.end(run.keys());
      for (int i = 0; i < waiters.size(); i++) {
        for (Flights.Waiter waiter : waiters.get(i)) {
          waiter.job().shared(waiter.pair(), i < scores.length ? scores[i] : Float.NaN);
          settle(waiter.job());
        }
      }
      settle(job);
      job.closeIfUnused();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Must be called after every change of a job: updates its place in the line and signals its
   * thread.
   */
  private void settle(ScoringJob job) {
    if (closed || !job.wantsMore()) {
      job.drop();
    }
    if (job.hasPending() && !job.inLine) {
      job.inLine = true;
      line.add(job);
      work.signal();
    }
    if (job.hasFew() || job.isDone()) {
      job.changed.signalAll();
    }
  }

  /** Removes a job; its scores are not changed after this call. */
  void leave(ScoringJob job) {
    lock.lock();
    try {
      present.remove(job);
      line.remove(job);
      job.abandon(flights);
    } finally {
      lock.unlock();
    }
  }

  /** Number of pairs that are being tokenized or wait for a worker. */
  int queuedPairs() {
    lock.lock();
    try {
      return present.stream().mapToInt(ScoringJob::queuedPairs).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Starts no more runs; waiting requests return the scores so far. */
  void close() {
    lock.lock();
    try {
      closed = true;
      line.clear();
      present.forEach(this::settle);
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
