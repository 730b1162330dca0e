// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.search.ScoreDoc;

/** The final order of candidates. */
final class CandidateOrder {

  private CandidateOrder() {}

  /**
   * First-pass ranks in the final order. The order uses the unlimited score of the blend, not the
   * limited score in the response. Candidates without a logit come last.
   */
  static List<Integer> bestFirst(
      ScoreDoc[] hits, float[] logits, double[] blended, Comparator<ScoreDoc> ties) {
    Comparator<Integer> byScore =
        Comparator.comparingDouble(
            rank -> Double.isNaN(blended[rank]) ? Double.NEGATIVE_INFINITY : blended[rank]);
    Comparator<Integer> scored =
        byScore.reversed().thenComparing((one, other) -> ties.compare(hits[one], hits[other]));
    return IntStream.range(0, hits.length)
        .boxed()
        .sorted(
            (one, other) -> {
              boolean isScored = !Float.isNaN(logits[one]);
              int first = Boolean.compare(!isScored, Float.isNaN(logits[other]));
              return first != 0 || !isScored ? first : scored.compare(one, other);
            })
        .toList();
  }
}
