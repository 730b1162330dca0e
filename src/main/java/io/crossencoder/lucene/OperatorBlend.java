// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.ModelSpec;

/**
 * Combines the two scores in the same way as Solr's {@code {!rerank}}.
 *
 * @param operator operation
 * @param weight factor of the logit; any finite number
 */
public record OperatorBlend(Operator operator, float weight) implements ScoreBlend {

  /** The values of Solr's {@code reRankOperator}. */
  public enum Operator {
    /** first pass + weight × logit. */
    ADD,
    /** first pass × weight × logit. */
    MULTIPLY,
    /** weight × logit. */
    REPLACE
  }

  @Override
  public double[] blend(ModelSpec model, float[] firstPass, double[][] fields, float[] logits) {
    double[] scores = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double weighted = (double) weight * logits[i];
      scores[i] =
          switch (operator) {
            case ADD -> firstPass[i] + weighted;
            case MULTIPLY -> firstPass[i] * weighted;
            case REPLACE -> weighted;
          };
    }
    return scores;
  }

  @Override
  public String toString() {
    return switch (operator) {
      case ADD -> "score + " + weight + "*ce";
      case MULTIPLY -> "score * " + weight + "*ce";
      case REPLACE -> weight + "*ce";
    };
  }
}
