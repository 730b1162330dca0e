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
 * The batches of one request, and how far they are. Guarded by the lock of {@link JobQueue} for as
 * long as it is in there; its runs go on without.
 */
final class ScoringJob {

  private static final Batch NOTHING = new Batch(List.of());

  final PooledModel model;
  final Deadline deadline;
  final ScoreAccumulator scores;

  /** Signalled when there is little left to run, and when there is nothing. */
  final Condition changed;

  /** Whether it stands in the line. */
  boolean inLine;

  /** Time of the workers that it had, by estimate; counted by {@link Line}, too. */
  double had;

  /** Whether all of its batches are there. */
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

  /** As it was in the beginning: requests are compared with each other. */
  private final double nanosPerCell;

  /**
   * A job that nobody runs yet.
   *
   * @param scores where they go
   * @param keys of its passages; empty: nothing is known of them, and nobody shall know what comes
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

  /** Whether it makes sense to give it more. */
  boolean wantsMore() {
    return !scores.hasFailed() && !outOfTime && !abandoned;
  }

  /** So many pairs will come; under a deadline it is not said before they do. */
  void announce(int pairs) {
    unmadePairs = deadline.bounded() ? 0 : pairs;
  }

  /** More to run, behind what waits. */
  void add(List<Batch> batches) {
    if (submittedNanos == 0) {
      submittedNanos = System.nanoTime();
    }
    pending.addAll(batches);
    int pairs = batches.stream().mapToInt(Batch::size).sum();
    pendingPairs += pairs;
    unmadePairs = Math.max(0, unmadePairs - pairs);
  }

  /** Pairs that wait for a worker, or to be tokenized. */
  int queuedPairs() {
    return pendingPairs + unmadePairs;
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /** Whether it could do with more batches. */
  boolean hasFew() {
    return !isWhole && pendingPairs <= RequestBatches.few(deadline);
  }

  boolean isDone() {
    return pending.isEmpty() && running.isEmpty() && awaitedPairs == 0;
  }

  /**
   * What to run next, or nothing. Pairs that are known by now, or being scored for somebody else,
   * are not run. A batch that would not be through by the deadline is not begun: as many of its
   * pairs as can be are taken, and where that is none, the job is at its end.
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

  /** Counts how long the job waited, once: later batches of it wait for its own earlier ones. */
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

  /** It is at its end, for this reason. */
  void fail(Throwable cause) {
    if (!abandoned) {
      scores.failed(cause);
    }
  }

  /** What another's run was to give: its score, or none if that run failed. */
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

  /** What has not begun will not. */
  void drop() {
    pending.clear();
    pendingPairs = 0;
    unmadePairs = 0;
  }

  /** Nobody waits any more: what runs is stopped, unless others wait for it. */
  void abandon(Flights flights) {
    abandoned = true;
    // It waited in vain, which counts as waiting, too.
    begin();
    drop();
    if (!running.isEmpty() && running.stream().noneMatch(run -> flights.isAwaited(run.keys()))) {
      runner.cancel();
    }
    closeIfUnused();
  }

  /** Frees what the runs needed, once. */
  void closeIfUnused() {
    if (abandoned && running.isEmpty() && !closed) {
      closed = true;
      runner.close();
    }
  }
}
