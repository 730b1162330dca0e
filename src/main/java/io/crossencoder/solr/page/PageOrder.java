// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.page;

import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.parameters.Ordering;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.search.ScoreDoc;

/**
 * The final order of a page, in one core and over shards: the window as it was rescored, the hits
 * behind it with scores below. With {@code minScore} those without a score leave, and those with a
 * lower one. What an editor elevated is on top whatever it scores.
 *
 * @param elevation for each document the higher the further up an editor put it, and 0 for others
 */
public record PageOrder(Ordering ordering, IntUnaryOperator elevation) {

  /**
   * Of the hits, those that stay, in their final order.
   *
   * @param hits the window, best first, then the rest with the scores of the first pass, which this
   *     changes
   * @param window how many were rescored; at most
   * @param removes whether {@code minScore} counts
   */
  public ScoreDoc[] staying(ScoreDoc[] hits, int window, boolean removes) {
    TailScores.apply(hits, Math.min(window, hits.length));
    return removes ? Arrays.stream(hits).filter(this::stays).toArray(ScoreDoc[]::new) : hits;
  }

  /** Of hits in their order, the elevated ones first, those of the page. */
  public ScoreDoc[] elevated(ScoreDoc[] hits, int start, int howMany) {
    return Arrays.stream(hits)
        .sorted(Comparator.comparingInt(hit -> -elevation.applyAsInt(hit.doc)))
        .skip(start)
        .limit(howMany)
        .toArray(ScoreDoc[]::new);
  }

  /** With {@code minScore} only what the model scored can stay, and what an editor elevated. */
  private boolean stays(ScoreDoc hit) {
    return elevation.applyAsInt(hit.doc) > 0
        || ordering
            .minScore()
            .map(least -> hit.score >= TailScores.FLOOR && hit.score >= least)
            .orElse(true);
  }
}
