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

  /** The logit alone, as sentence-transformers ranks. */
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
   * For explanations.
   *
   * @return the names of the values in a row of {@link #fields}, in their order
   */
  default List<String> names() {
    return List.of();
  }

  /**
   * Reads what it needs of the fields.
   *
   * @param searcher the one that found the hits: their document numbers are its own
   * @param hits in any order; not to be changed
   * @return one row a hit, in the same order, with as many values as it needs; maybe none
   * @throws IOException if the index cannot be read
   */
  default double[][] fields(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
    return new double[hits.length][0];
  }

  /**
   * The final scores.
   *
   * @param model the model that the logits are of; makes probabilities of them
   * @param firstPass scores of the candidates; not to be changed, nor are the other arrays
   * @param fields what {@link #fields} gave for them
   * @param logits theirs; {@link Float#NaN} where there is none
   * @return a new array of one score a candidate, in the same order: the hits are ordered by it.
   *     Where there is no logit it is not looked at. NaN is the lowest
   * @throws IOException if a value cannot be computed
   */
  double[] blend(ModelSpec model, float[] firstPass, double[][] fields, float[] logits)
      throws IOException;
}
