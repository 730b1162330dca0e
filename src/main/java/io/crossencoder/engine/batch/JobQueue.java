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
 * The requests of a node and their turns: after one batch a request goes back into the {@link
 * Line}.
 *
 * <p>Thread-safe: one lock, that each method takes and releases, guards the line and its jobs.
 * Nothing is tokenized and nothing runs under it.
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
   * An empty one.
   *
   * @param maxPairs that may wait; a request that finds more is refused
   */
  JobQueue(int maxPairs) {
    this.maxPairs = maxPairs;
  }

  /** A condition for a job to be waited for with. */
  Condition newCondition() {
    return lock.newCondition();
  }

  /**
   * Takes a job in, unless there is too much before it. One that finds nothing there is taken at
   * any size: it would never be otherwise.
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

  /** More to run. */
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

  /** Waits until a job could do with more batches; false if it will need none. */
  boolean awaitFew(ScoringJob job) throws InterruptedException {
    lock.lock();
    try {
      return await(job, job::hasFew) && job.wantsMore() && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing of a job is left to run; no longer than to its deadline. */
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

  /** The next batch to run, when there is one; empty when the queue is closed. */
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

  /** A run gave its scores. */
  void succeeded(Run run, float[] scores, long nanos) {
    ended(run, scores, () -> run.job().succeeded(run, scores, nanos));
  }

  /** A run failed, whatever the reason: it belongs to its request, and to no other. */
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

  /** To be called when a job has changed: it stands in the line if it has to, and is told. */
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

  /** Nobody waits for a job any more; nothing is written to its scores after this. */
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

  /** Pairs that wait for a worker, or to be tokenized, now. */
  int queuedPairs() {
    lock.lock();
    try {
      return present.stream().mapToInt(ScoringJob::queuedPairs).sum();
    } finally {
      lock.unlock();
    }
  }

  /** No run is begun any more; requests that wait get what is scored. */
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
