// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.model.Scores;
import java.util.Arrays;
import java.util.List;

/** How a rerank ended: for the response, the metrics and the log. */
public enum RerankOutcome {
  /** Every candidate was scored. */
  COMPLETE("complete", 2),
  /** The page has no hits, and so nothing was to be scored: complete, for those who read it. */
  NO_HITS("complete", 2),
  /** The time was over first: some candidates have no score. */
  PARTIAL("partial", 3),
  /** The queue of the node was full. */
  OVERLOADED("overloaded", 4),
  /** The model, or what surrounds it, broke. */
  FAILED("failed", 5),
  /** The query has no words to compare with, and the request names none. */
  SKIPPED("skipped", 0),
  /** The outcome until a rescoring says otherwise: Solr had the whole result in a cache. */
  QUERY_RESULT_CACHE("queryResultCache", 1);

  /** What a response may say, in the order of the reference. */
  public static final List<String> LABELS =
      Arrays.stream(values()).map(RerankOutcome::label).distinct().toList();

  private final String label;
  private final int severity;

  RerankOutcome(String label, int severity) {
    this.label = label;
    this.severity = severity;
  }

  /**
   * That of the model's scores.
   *
   * @param outcome how the scoring ended
   * @return the one of the same name
   */
  public static RerankOutcome of(Scores.Outcome outcome) {
    return valueOf(outcome.name());
  }

  /**
   * What another node said.
   *
   * @param label as {@link #label} gives it
   * @return the outcome; {@link #FAILED} for what this version does not know
   */
  public static RerankOutcome of(String label) {
    return Arrays.stream(values())
        .filter(one -> one.label.equals(label))
        .findFirst()
        .orElse(FAILED);
  }

  /** {@return the word of the response and of the metrics} */
  public String label() {
    return label;
  }

  /**
   * Of the outcomes of two parts that of the whole.
   *
   * @param other that of the other part
   * @return the worse of the two
   */
  public RerankOutcome orWorse(RerankOutcome other) {
    return other.severity > severity ? other : this;
  }
}
