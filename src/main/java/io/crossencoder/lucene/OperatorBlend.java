// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * The two scores combined as Solr's own {@code {!rerank}} does it.
 *
 * @param operator how
 * @param weight factor of the logit
 */
public record OperatorBlend(Operator operator, float weight) implements ScoreBlend {

  /** Solr's {@code reRankOperator}. */
  public enum Operator {
    /** first pass + weight × logit. */
    ADD,
    /** first pass × weight × logit. */
    MULTIPLY,
    /** weight × logit. */
    REPLACE
  }

  @Override
  public float[] blend(IndexSearcher searcher, ScoreDoc[] hits, float[] logits) {
    float[] scores = new float[hits.length];
    for (int i = 0; i < hits.length; i++) {
      float weighted = weight * logits[i];
      scores[i] =
          switch (operator) {
            case ADD -> hits[i].score + weighted;
            case MULTIPLY -> hits[i].score * weighted;
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
