// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import org.apache.lucene.search.ScoreDoc;

/**
 * Scores of the documents that were not rescored. They follow the rescored documents in first-pass
 * order.
 *
 * <p>BM25 scores are positive and most logits are negative. With their own scores, these documents
 * would come before the reranked ones whenever somebody sorts by score, as SolrCloud does when it
 * merges the pages of shards.
 */
public final class TailScores {

  /** No rescored hit is lower than this: the highest score of a tail is below it. */
  public static final float FLOOR = -1e20f;

  /** First-pass scores from here on are equal in the tail. */
  private static final float MAX_FIRST_PASS = 1L << 40;

  /** The bits of a first-pass score and of its tail score without sign have this sum. */
  private static final long SUM_OF_BITS =
      (long) Float.floatToIntBits(MAX_FIRST_PASS) + Float.floatToIntBits(Math.nextUp(-FLOOR));

  private TailScores() {}

  /**
   * A score below {@link #FLOOR}. Of two first-pass scores from about 5e-7 to 1e12 the higher one
   * has the higher tail score, however close they are, whatever the other hits are: so the tails of
   * shards can be merged. It is made of the bits of the floats, which are ordered as the numbers
   * are, and says nothing but the order.
   *
   * @param firstPassScore less than 0, or NaN, counts as 0
   * @return a finite number, the lowest there is for 0
   */
  public static float of(float firstPassScore) {
    float score = firstPassScore > 0 ? Math.min(firstPassScore, MAX_FIRST_PASS) : 0;
    long bits = SUM_OF_BITS - Float.floatToIntBits(score);
    return -Float.intBitsToFloat((int) Math.min(bits, Float.floatToIntBits(Float.MAX_VALUE)));
  }

  /**
   * The score that a rescored hit is shown with: above all tails, whatever a formula made of it.
   *
   * @param score as a blend made it; NaN is the lowest
   * @return from {@link #FLOOR} to {@link Float#MAX_VALUE}
   */
  public static float above(double score) {
    // Infinity is no JSON.
    return score >= FLOOR ? (float) Math.min(score, Float.MAX_VALUE) : FLOOR;
  }

  /**
   * Gives hits the score of a tail, in place.
   *
   * @param hits those of the first pass, with their scores
   * @param from index of the first that was not rescored, from 0; {@code hits.length} changes none
   */
  public static void apply(ScoreDoc[] hits, int from) {
    for (int i = from; i < hits.length; i++) {
      hits[i].score = of(hits[i].score);
    }
  }
}
