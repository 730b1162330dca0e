// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pairs that are being run now, and the other jobs that wait for their scores. A pair is
 * registered when its run begins, so no job waits for a pair that is still in the queue. Guarded by
 * the lock of {@link JobQueue}.
 */
final class Flights {

  /** A pair of a job that waits for the run of another job. */
  record Waiter(ScoringJob job, Pair pair) {}

  private final Map<ScoreCache.Key, List<Waiter>> running = new HashMap<>();

  /** Waits for the score of a pair if it is being run; returns false otherwise. */
  boolean join(ScoreCache.Key key, ScoringJob job, Pair pair) {
    List<Waiter> waiters = running.get(key);
    return waiters != null && waiters.add(new Waiter(job, pair));
  }

  /** Registers the pairs of a run. */
  void begin(List<ScoreCache.Key> keys) {
    keys.forEach(key -> running.putIfAbsent(key, new ArrayList<>()));
  }

  /** Whether another job waits for a pair of a run. */
  boolean isAwaited(List<ScoreCache.Key> keys) {
    return keys.stream().anyMatch(key -> !running.getOrDefault(key, List.of()).isEmpty());
  }

  /** Unregisters the pairs of a run; returns the waiting jobs per pair. */
  List<List<Waiter>> end(List<ScoreCache.Key> keys) {
    List<List<Waiter>> waiters = new ArrayList<>(keys.size());
    for (ScoreCache.Key key : keys) {
      List<Waiter> those = running.remove(key);
      waiters.add(those == null ? List.of() : those);
    }
    return waiters;
  }
}
