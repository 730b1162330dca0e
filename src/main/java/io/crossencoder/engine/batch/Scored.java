// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.ScoreCache;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What is known so far of the passages of one call. Not thread-safe. */
public final class Scored {

  public final float[] logits;
  private final boolean[] truncated;
  private int cached;
  private int tokens;
  private int batches;
  private long inferenceNanos;
  public boolean overloaded;
  public Optional<Throwable> failure = Optional.empty();

  public Scored(int size) {
    logits = new float[size];
    truncated = new boolean[size];
    Arrays.fill(logits, Float.NaN);
  }

  /** Takes what the cache knows; gives the indices of the others. */
  public List<Integer> takeKnown(List<ScoreCache.Key> keys, ScoreCache cache) {
    List<Integer> misses = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Optional<ScoreCache.Entry> known = cache.get(keys.get(i));
      if (known.isPresent()) {
        logits[i] = known.get().logit();
        truncated[i] = known.get().truncated();
        cached++;
      } else {
        misses.add(i);
      }
    }
    return Collections.unmodifiableList(misses);
  }

  public void take(ScoringJob job, List<Encoding> encodings, ModelSpec.Activation activation) {
    tokens = job.tokens();
    batches = job.batches();
    inferenceNanos = job.inferenceNanos();
    failure = job.failure();
    for (int i = 0; i < encodings.size(); i++) {
      logits[i] = activation.apply(logits[i]);
      truncated[i] = encodings.get(i).truncated() && !Float.isNaN(logits[i]);
    }
  }

  public void merge(
      Scored computed, List<Integer> at, List<ScoreCache.Key> keys, ScoreCache cache) {
    for (int i = 0; i < at.size(); i++) {
      float logit = computed.logits[i];
      if (!Float.isNaN(logit)) {
        logits[at.get(i)] = logit;
        truncated[at.get(i)] = computed.truncated[i];
        cache.put(keys.get(at.get(i)), new ScoreCache.Entry(logit, computed.truncated[i]));
      }
    }
    tokens = computed.tokens;
    batches = computed.batches;
    inferenceNanos = computed.inferenceNanos;
    overloaded = computed.overloaded;
    failure = computed.failure;
  }

  public Scores toScores() {
    int scored = 0;
    for (float logit : logits) {
      scored += Float.isNaN(logit) ? 0 : 1;
    }
    return new Scores(
        logits,
        truncated,
        scored,
        cached,
        tokens,
        batches,
        inferenceNanos,
        outcome(scored),
        failure);
  }

  private Outcome outcome(int scored) {
    if (failure.isPresent()) {
      return Outcome.FAILED;
    }
    if (overloaded) {
      return Outcome.OVERLOADED;
    }
    return scored == logits.length ? Outcome.COMPLETE : Outcome.PARTIAL;
  }
}
