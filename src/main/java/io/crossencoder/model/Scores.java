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
 * @param texts what each logit is of: the passage, or its best window; an empty text if no window
 *     is known to be the best
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

  /** {@return how many passages have a logit, the cached ones included} */
  public int scored() {
    int scored = 0;
    for (float logit : logits) {
      scored += Float.isNaN(logit) ? 0 : 1;
    }
    return scored;
  }

  /**
   * What a call cost. Where passages were cut into windows, these are what is counted.
   *
   * @param cached how many logits the score cache knew
   * @param shared how many another call computed while this one waited
   * @param windows how many windows the passages were cut into; 0 if they were not
   * @param tokens how many tokens the model was given for this call, padding not counted
   * @param batches how many batches the model ran for it
   * @param inferenceNanos time spent in the model for it, summed over the workers
   */
  public record Work(
      int cached, int shared, int windows, int tokens, int batches, long inferenceNanos) {}

  /** How a call ended. */
  public enum Outcome {
    /** Every passage has its logit. */
    COMPLETE,
    /** The deadline came first: some passages have none. */
    PARTIAL,
    /** The queue was full: no passage has one but those that the cache knew. */
    OVERLOADED,
    /** The model failed, or gave what is not a number: the passages scored before have theirs. */
    FAILED
  }
}
