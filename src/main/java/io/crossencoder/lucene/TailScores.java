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
   * {@code -(1000 + 1000 / (1 + s))}: in [-2000, -1000), the higher the higher the first-pass
   * score, and the same on every shard.
   *
   * @param firstPassScore s; less than 0 counts as 0
   */
  public static float of(float firstPassScore) {
    return (float) -(1000 + 1000 / (1 + Math.max(0.0, firstPassScore)));
  }

  /** The score of a rescored hit: above all tails, whatever a formula made of it. */
  static float above(float score) {
    // NaN, which some formulas make of some documents, is the lowest.
    return score >= FLOOR ? score : FLOOR;
  }

  /** Gives all hits from this one on the score of a tail. */
  public static void apply(ScoreDoc[] hits, int from) {
    for (int i = from; i < hits.length; i++) {
      hits[i].score = of(hits[i].score);
    }
  }
}
