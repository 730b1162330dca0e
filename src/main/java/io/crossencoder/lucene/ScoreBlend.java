// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import java.io.IOException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * Makes the final score of what is known of a candidate: its score in the first pass, its logit,
 * and its fields. Thread-safe; equal blends give equal scores, and {@code toString} is the formula.
 */
public interface ScoreBlend {

  /** The logit alone, as sentence-transformers ranks. */
  ScoreBlend LOGIT =
      new ScoreBlend() {
        @Override
        public float[] blend(IndexSearcher searcher, ScoreDoc[] hits, float[] logits) {
          return logits.clone();
        }

        @Override
        public String toString() {
          return "ce";
        }
      };

  /**
   * The final scores.
   *
   * @param hits candidates with their first-pass scores; not to be changed
   * @param logits theirs, in the same order; {@link Float#NaN} where there is none
   * @return one score a candidate, in the same order; where there is no logit it is not looked at
   */
  float[] blend(IndexSearcher searcher, ScoreDoc[] hits, float[] logits) throws IOException;
}
