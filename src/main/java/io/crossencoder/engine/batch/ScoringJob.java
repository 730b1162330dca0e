// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.model.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;

/**
 * The batches of one request and their progress. Guarded by the lock of {@link JobQueue}; runs do
 * not hold the lock.
 */
final class ScoringJob {

  private static final Batch NOTHING = new Batch(List.of());

  final PooledModel model;
  final Deadline deadline;
  final ScoreAccumulator scores;

  /** Signaled when few batches are left, and when none is. */
  final Condition changed;

  /** Whether the job is in the line. */
  boolean inLine;

  /** Worker time so far, by estimate; also set by {@link Line}. */
  double had;

  /** Whether all batches were added. */
  boolean isWhole;

  final Runner runner;
  final ScoreCache cache;
  private final List<ScoreCache.Key> keys;
  private final Deque<Batch> pending = new ArrayDeque<>();
  final Set<Run> running = Collections.newSetFromMap(new IdentityHashMap<>());
  private int pendingPairs;
  private int unmadePairs;
  private int awaitedPairs;
  private boolean outOfTime;
  private boolean abandoned;
  private boolean closed;
  private long submittedNanos;
  private boolean begun;

  /** Fixed at the start, so that the worker times of jobs are comparable. */
  private final double nanosPerCell;

  /**
   * A new job.
   *
   * @param scores receives the scores
   * @param keys cache keys of its passages; empty: scores are neither looked up nor shared
   */
  ScoringJob(
      PooledModel model,
      ScoreAccumulator scores,
      ScoreCache cache,
      List<ScoreCache.Key> keys,
      Deadline deadline,
      Condition changed) {
    this.model = model;
    this.scores = scores;
    this.cache = cache;
    this.keys = keys;
    this.deadline = deadline;
    this.changed = changed;
    runner = model.runners().get();
    nanosPerCell = model.throughput().nanosPerCell();
  }

  /** Whether more batches are of use. */
  boolean wantsMore() {
    return !scores.hasFailed() && !outOfTime && !abandoned;
  }

  /** Announces the number of pairs; with a deadline, only when they are added. */
  void announce(int pairs) {
    unmadePairs = deadline.bounded() ? 0 : pairs;
  }

  /** Adds batches to the end. */
  void add(List<Batch> batches) {
    if (submittedNanos == 0) {
      submittedNanos = System.nanoTime();
    }
    pending.addAll(batches);
    int pairs = batches.stream().mapToInt(Batch::size).sum();
    pendingPairs += pairs;
    unmadePairs = Math.max(0, unmadePairs - pairs);
  }

  /** Number of pairs that are being tokenized or wait for a worker. */
  int queuedPairs() {
    return pendingPairs + unmadePairs;
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /** Whether few batches are left and more are of use. */
  boolean hasFew() {
    return !isWhole && pendingPairs <= RequestBatches.few(deadline);
  }

  boolean isDone() {
    return pending.isEmpty() && running.isEmpty() && awaitedPairs == 0;
  }

  /**
   * The next batch to run, if any. Pairs that meanwhile have a score, or are being scored for
   * another request, are removed. If a batch would not finish before the deadline, only as many
   * pairs as fit are run; if none fits, the job ends.
   */
  Optional<Run> next(Flights flights) {
    Batch batch = pending.isEmpty() ? NOTHING : unshared(pending.poll(), flights);
    if (batch.size() == 0) {
      return Optional.empty();
    }
    int affordable = model.throughput().pairsWithin(deadline.remainingNanos(), batch.width());
    if (affordable == 0) {
      outOfTime = true;
      drop();
      return Optional.empty();
    }
    if (affordable < batch.size()) {
      pending.addFirst(batch.tail(affordable));
      pendingPairs += batch.size() - affordable;
      batch = batch.head(affordable);
    }
    begin();
    had += nanosPerCell * Throughput.cost(batch.cells(), batch.width());
    Run run = new Run(this, batch, keysOf(batch));
    running.add(run);
    flights.begin(run.keys());
    return Optional.of(run);
  }

  private Batch unshared(Batch batch, Flights flights) {
    pendingPairs -= batch.size();
    if (keys.isEmpty()) {
      return batch;
    }
    List<Pair> left = new ArrayList<>(batch.size());
    for (Pair pair : batch.pairs()) {
      ScoreCache.Key key = keys.get(pair.index());
      Optional<ScoreCache.Entry> known = cache.peek(key);
      if (known.isPresent()) {
        scores.shared(pair.index(), known.get().logit(), known.get().truncated());
      } else if (flights.join(key, this, pair)) {
        awaitedPairs++;
      } else {
        left.add(pair);
      }
    }
    return new Batch(left);
  }

  private List<ScoreCache.Key> keysOf(Batch batch) {
    return keys.isEmpty()
        ? List.of()
        : batch.pairs().stream().map(pair -> keys.get(pair.index())).toList();
  }

  /** Records the waiting time, once: later batches wait for earlier ones of the same job. */
  private void begin() {
    if (!begun && submittedNanos != 0) {
      begun = true;
      model.listener().waited(System.nanoTime() - submittedNanos);
    }
  }

  void succeeded(Run run, float[] given, long nanos) {
    model.throughput().ran(run.batch().cells(), run.batch().width(), nanos);
    model.listener().ran(nanos);
    if (!abandoned) {
      scores.computed(run.batch(), given, nanos);
    }
    for (float score : given) {
      if (!Float.isFinite(score)) {
        failed(new IllegalStateException("model " + model.name() + " gave a pair " + score));
      }
    }
  }

  void failed(Throwable cause) {
    fail(cause);
    if (!abandoned) {
      model.listener().runFailed();
    }
  }

  /** Ends the job with a failure. */
  void fail(Throwable cause) {
    if (!abandoned) {
      scores.failed(cause);
    }
  }

  /** Records the result of another job's run: its score, or none if that run failed. */
  void shared(Pair pair, float score) {
    awaitedPairs--;
    if (abandoned) {
      return;
    }
    if (Float.isFinite(score)) {
      scores.shared(pair.index(), score, pair.encoding().truncated());
    } else if (wantsMore()) {
      pending.addFirst(new Batch(List.of(pair)));
      pendingPairs++;
    }
  }

  /** Drops the batches that were not started. */
  void drop() {
    pending.clear();
    pendingPairs = 0;
    unmadePairs = 0;
  }

  /** Stops the job and its current runs, unless other jobs wait for those runs. */
  void abandon(Flights flights) {
    abandoned = true;
    // Waiting without a run counts as waiting time, too.
    begin();
    drop();
    if (!running.isEmpty() && running.stream().noneMatch(run -> flights.isAwaited(run.keys()))) {
      runner.cancel();
    }
    closeIfUnused();
  }

  /** Frees the resources of the runs, once, when no run is left. */
  void closeIfUnused() {
    if (abandoned && running.isEmpty() && !closed) {
      closed = true;
      runner.close();
    }
  }
}
