// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pairs that are in the model now, whoever asked for them, and who else waits for their scores.
 * A pair is claimed when its run begins and not before, so nobody waits for another's place in the
 * queue. Guarded by the lock of {@link JobQueue}.
 */
final class Flights {

  /** A pair of a job that another run is about to score. */
  record Waiter(ScoringJob job, Pair pair) {}

  private final Map<ScoreCache.Key, List<Waiter>> running = new HashMap<>();

  /** Waits for a pair's score, if it is being computed; false if it is not. */
  boolean join(ScoreCache.Key key, ScoringJob job, Pair pair) {
    List<Waiter> waiters = running.get(key);
    return waiters != null && waiters.add(new Waiter(job, pair));
  }

  /** The pairs of a run that begins. */
  void begin(List<ScoreCache.Key> keys) {
    keys.forEach(key -> running.putIfAbsent(key, new ArrayList<>()));
  }

  /** Whether somebody would miss the scores of a run. */
  boolean isAwaited(List<ScoreCache.Key> keys) {
    return keys.stream().anyMatch(key -> !running.getOrDefault(key, List.of()).isEmpty());
  }

  /** It is over: gives those who waited, by the pairs of the run. */
  List<List<Waiter>> end(List<ScoreCache.Key> keys) {
    List<List<Waiter>> waiters = new ArrayList<>(keys.size());
    for (ScoreCache.Key key : keys) {
      List<Waiter> those = running.remove(key);
      waiters.add(those == null ? List.of() : those);
    }
    return waiters;
  }
}
