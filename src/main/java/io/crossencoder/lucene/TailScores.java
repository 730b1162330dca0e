// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import org.apache.lucene.search.ScoreDoc;

/**
 * Scores of the hits that were not rescored, which follow the rescored ones in first-pass order.
 *
 * <p>A BM25 score is positive and most logits are not, so a tail with its own scores would stand
 * above the reranked hits as soon as somebody sorts by score, as SolrCloud does when it merges the
 * pages of shards.
 */
public final class TailScores {

  /** No rescored hit is lower than this: the highest score of a tail is below it. */
  public static final float FLOOR = -999;

  private TailScores() {}

  /**
   * {@code -(1000 + 1000 / (1 + s))}: the higher the first-pass score the higher, whatever the
   * other hits are, so that the tails of shards can be merged.
   *
   * @param firstPassScore s; less than 0, or NaN, counts as 0
   * @return from -2000, for 0, to -1000
   */
  public static float of(float firstPassScore) {
    return (float) -(1000 + 1000 / (1 + (firstPassScore > 0 ? (double) firstPassScore : 0)));
  }

  /** The score of a rescored hit: above all tails, whatever a formula made of it. */
  static float above(float score) {
    // NaN, which some formulas make of some documents, is the lowest. Infinity is no JSON.
    return score >= FLOOR ? Math.min(score, Float.MAX_VALUE) : FLOOR;
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
