// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import io.crossencoder.engine.ScoreCache;
import java.util.Optional;

/**
 * What one call of {@link CrossEncoder#score} gave and what it cost.
 *
 * @param logits one a passage, activation applied; {@link Float#NaN} where none was computed
 * @param truncated whether the model did not read all of the pair; false where not scored
 * @param scored how many passages have a logit, the cached ones included
 * @param cached how many of these came from the {@link ScoreCache}
 * @param tokens how many tokens the model was given, padding not counted
 * @param batches how many batches the model ran
 * @param inferenceNanos time spent in the model, summed over the workers
 * @param outcome how the call ended
 * @param failure why, if the model failed
 */
public record Scores(
    float[] logits,
    boolean[] truncated,
    int scored,
    int cached,
    int tokens,
    int batches,
    long inferenceNanos,
    Outcome outcome,
    Optional<Throwable> failure) {

  /** How a call ended. */
  public enum Outcome {
    /** Every passage has its logit. */
    COMPLETE,
    /** The deadline came first: some passages have none. */
    PARTIAL,
    /** The queue was full: no passage has one but those that the cache knew. */
    OVERLOADED,
    /** The model failed: the passages scored before have theirs. */
    FAILED
  }
}
