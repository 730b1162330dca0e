// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * Computes the final score of a candidate from its first-pass score, its logit and its fields.
 * Thread-safe; equal blends return equal scores, and {@code toString} is the formula.
 *
 * <p>There are two steps, because the fields can be read on one machine and the scores computed on
 * another.
 */
public interface ScoreBlend {

  /** The logit alone, as in sentence-transformers. */
  ScoreBlend LOGIT =
      new ScoreBlend() {
        @Override
        public double[] blend(
            ModelSpec model, float[] firstPass, double[][] fields, float[] logits) {
          return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
        }

        @Override
        public String toString() {
          return "ce";
        }
      };

  /**
   * Names for explanations.
   *
   * @return names of the values in a row of {@link #fields}
   */
  default List<String> names() {
    return List.of();
  }

  /**
   * Reads the values of the fields.
   *
   * @param searcher searcher that found the documents
   * @param hits documents in any order; not changed
   * @return one row per document, in the same order, with one value per field; rows can be empty
   * @throws IOException if the index cannot be read
   */
  default double[][] fields(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
    return new double[hits.length][0];
  }

  /**
   * Computes the final scores.
   *
   * @param model model of the logits; converts logits to probabilities
   * @param firstPass first-pass scores of the candidates; no array is changed
   * @param fields result of {@link #fields}
   * @param logits logits of the candidates; {@link Float#NaN} if there is none
   * @return a new array with one final score per candidate, in the same order. The score of a
   *     candidate without a logit is ignored. NaN is the lowest score
   * @throws IOException if a value cannot be computed
   */
  double[] blend(ModelSpec model, float[] firstPass, double[][] fields, float[] logits)
      throws IOException;
}
