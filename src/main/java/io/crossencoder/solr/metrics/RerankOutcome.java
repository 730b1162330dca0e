// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.model.Scores;
import java.util.Arrays;
import java.util.List;

/** The outcome of reranking, for the response, the metrics and the log. */
public enum RerankOutcome {
  /** Every candidate has a score. */
  COMPLETE("complete", 2),
  /** There were no candidates; users see "complete". */
  NO_HITS("complete", 2),
  /** The timeout expired; some candidates have no score. */
  PARTIAL("partial", 3),
  /** The queue of the node was full. */
  OVERLOADED("overloaded", 4),
  /** No candidate has text in the fields. */
  NO_TEXT("noText", 3),
  /** The model or the plugin failed. */
  FAILED("failed", 5),
  /** The query has no text, and the request sets none. */
  SKIPPED("skipped", 0),
  /**
   * Solr returned the whole result from its cache. The default until a rescoring reports another
   * outcome.
   */
  QUERY_RESULT_CACHE("queryResultCache", 1);

  /** The values in a response, in the order of the reference. */
  public static final List<String> LABELS =
      Arrays.stream(values()).map(RerankOutcome::label).distinct().toList();

  private final String label;
  private final int severity;

  RerankOutcome(String label, int severity) {
    this.label = label;
    this.severity = severity;
  }

  /**
   * The outcome of scoring.
   *
   * @param outcome outcome of the model's scores
   * @return the outcome with the same name
   */
  public static RerankOutcome of(Scores.Outcome outcome) {
    return valueOf(outcome.name());
  }

  /**
   * The outcome in the response of another node.
   *
   * @param label a {@link #label}
   * @return the outcome; {@link #FAILED} for unknown labels
   */
  public static RerankOutcome of(String label) {
    return Arrays.stream(values())
        .filter(one -> one.label.equals(label))
        .findFirst()
        .orElse(FAILED);
  }

  /** {@return the label in the response and in the metrics} */
  public String label() {
    return label;
  }

  /**
   * Combines the outcomes of two parts.
   *
   * @param other outcome of the other part
   * @return the worse outcome
   */
  public RerankOutcome orWorse(RerankOutcome other) {
    return other.severity > severity ? other : this;
  }
}
