// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.Optional;

/**
 * The result of one call of {@link CrossEncoder#score} or {@link PassageScorer#score}, and its
 * cost.
 *
 * @param logits one per passage, after the activation function; {@link Float#NaN} if not computed
 * @param truncated whether the model did not process the whole pair; false if it was not scored
 * @param texts the scored text of each passage: the passage, or its highest-scoring window; empty
 *     if that window is not known
 * @param work cost
 * @param outcome how the call ended
 * @param failure the reason, if the model failed
 */
public record Scores(
    float[] logits,
    boolean[] truncated,
    List<String> texts,
    Work work,
    Outcome outcome,
    Optional<Throwable> failure) {

  /** {@return the number of passages with a logit, cached logits included} */
  public int scored() {
    int scored = 0;
    for (float logit : logits) {
      scored += Float.isNaN(logit) ? 0 : 1;
    }
    return scored;
  }

  /**
   * The cost of a call. If passages were split into windows, all counts are of windows.
   *
   * @param cached number of logits from the score cache
   * @param shared number of logits that a concurrent call computed, or that an equal passage of
   *     this call has
   * @param windows number of windows; 0 if passages were not split
   * @param tokens number of tokens that the model processed, without padding
   * @param batches number of batches
   * @param inferenceNanos inference time, summed over the workers
   */
  public record Work(
      int cached, int shared, int windows, int tokens, int batches, long inferenceNanos) {}

  /** The end of a call. */
  public enum Outcome {
    /** Every passage has a logit. */
    COMPLETE,
    /** The deadline expired; some passages have no logit. */
    PARTIAL,
    /** The queue was full; only cached logits are present. */
    OVERLOADED,
    /**
     * The model failed or returned a value that is not a number. Passages scored before have a
     * logit.
     */
    FAILED
  }
}
