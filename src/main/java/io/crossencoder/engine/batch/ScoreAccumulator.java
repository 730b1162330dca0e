// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The scores of one request so far, and their cost. Not thread-safe. */
final class ScoreAccumulator {

  private final List<String> passages;
  private final int[] firstEqual;
  private final float[] logits;
  private final boolean[] truncated;
  private Optional<Throwable> failure = Optional.empty();
  private boolean refused;
  private int cached;
  private int shared;
  private int tokens;
  private int batches;
  private long inferenceNanos;

  ScoreAccumulator(List<String> passages) {
    this.passages = passages;
    firstEqual = IntStream.range(0, passages.size()).toArray();
    logits = new float[passages.size()];
    truncated = new boolean[passages.size()];
    Arrays.fill(logits, Float.NaN);
  }

  /**
   * Of the passages without a score, equal ones are scored once.
   *
   * @param keys keys of all passages; empty: each passage is scored
   */
  void scoreEqualOnce(List<ScoreCache.Key> keys) {
    Map<ScoreCache.Key, Integer> places = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (Float.isNaN(logits[i])) {
        Integer earlier = places.putIfAbsent(keys.get(i), i);
        firstEqual[i] = earlier == null ? i : earlier;
      }
    }
  }

  /** Indices of the passages without a score; of equal passages only the first. */
  int[] missing() {
    return IntStream.range(0, logits.length)
        .filter(i -> firstEqual[i] == i && Float.isNaN(logits[i]))
        .toArray();
  }

  /** Records a score from the score cache. */
  void cached(int index, ScoreCache.Entry entry) {
    cached++;
    set(index, entry.logit(), entry.truncated());
  }

  /** Records a score that a concurrent request computed, or that an equal passage has. */
  void shared(int index, float logit, boolean cut) {
    shared++;
    set(index, logit, cut);
  }

  /** Records the scores of a run. */
  void computed(Batch batch, float[] given, long nanos) {
    for (int i = 0; i < given.length; i++) {
      if (Float.isFinite(given[i])) {
        set(batch.pairs().get(i).index(), given[i], batch.pairs().get(i).encoding().truncated());
      }
    }
    tokens += batch.tokens();
    batches++;
    inferenceNanos += nanos;
  }

  private void set(int index, float logit, boolean cut) {
    logits[index] = logit;
    truncated[index] = cut;
  }

  /** Records a failure; only the first one is kept. */
  void failed(Throwable cause) {
    failure = failure.or(() -> Optional.of(cause));
  }

  void refused() {
    refused = true;
  }

  boolean hasFailed() {
    return failure.isPresent();
  }

  Scores toScores() {
    for (int i = 0; i < logits.length; i++) {
      int first = firstEqual[i];
      if (Float.isNaN(logits[i]) && !Float.isNaN(logits[first])) {
        shared(i, logits[first], truncated[first]);
      }
    }
    return new Scores(
        logits,
        truncated,
        passages,
        new Scores.Work(cached, shared, 0, tokens, batches, inferenceNanos),
        outcome(),
        failure);
  }

  private Outcome outcome() {
    if (hasFailed()) {
      return Outcome.FAILED;
    }
    if (refused) {
      return Outcome.OVERLOADED;
    }
    return missing().length == 0 ? Outcome.COMPLETE : Outcome.PARTIAL;
  }
}
