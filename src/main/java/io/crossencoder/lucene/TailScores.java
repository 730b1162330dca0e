// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import org.apache.lucene.search.ScoreDoc;

/**
 * Scores of the documents that were not rescored. They follow the rescored documents in first-pass
 * order.
 *
 * <p>BM25 scores are positive and most logits are negative. With their first-pass scores, these
 * documents would come first whenever documents are sorted by score, as in SolrCloud when the pages
 * of shards are merged.
 */
public final class TailScores {

  /** Lowest score of a rescored document; all tail scores are lower. */
  public static final float FLOOR = -1e20f;

  /** First-pass scores above this value have equal tail scores. */
  private static final float MAX_FIRST_PASS = 1L << 40;

  /** Sum of the bits of a first-pass score and of the absolute value of its tail score. */
  private static final long SUM_OF_BITS =
      (long) Float.floatToIntBits(MAX_FIRST_PASS) + Float.floatToIntBits(Math.nextUp(-FLOOR));

  private TailScores() {}

  /**
   * A score below {@link #FLOOR}. For first-pass scores from about 5e-7 to 1e12, a higher score has
   * a higher tail score, independent of other documents; the tails of shards can therefore be
   * merged. The conversion uses the bits of the float, which have the same order as the numbers.
   * Only the order of tail scores has a meaning.
   *
   * @param firstPassScore negative values and NaN count as 0
   * @return a finite number; the lowest one for 0
   */
  public static float of(float firstPassScore) {
    float score = firstPassScore > 0 ? Math.min(firstPassScore, MAX_FIRST_PASS) : 0;
    long bits = SUM_OF_BITS - Float.floatToIntBits(score);
    return -Float.intBitsToFloat((int) Math.min(bits, Float.floatToIntBits(Float.MAX_VALUE)));
  }

  /**
   * The score of a rescored document in the response: above all tail scores.
   *
   * @param score score of the blend; NaN is the lowest
   * @return from {@link #FLOOR} to {@link Float#MAX_VALUE}
   */
  public static float above(double score) {
    // JSON has no infinity.
    return score >= FLOOR ? (float) Math.min(score, Float.MAX_VALUE) : FLOOR;
  }

  /**
   * Sets the tail scores of documents, in place.
   *
   * @param hits documents of the first pass, with their scores
   * @param from index of the first document that was not rescored, from 0 to {@code hits.length}
   */
  public static void apply(ScoreDoc[] hits, int from) {
    for (int i = from; i < hits.length; i++) {
      hits[i].score = of(hits[i].score);
    }
  }
}
