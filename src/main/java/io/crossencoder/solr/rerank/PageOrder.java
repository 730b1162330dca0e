// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.rerank.RerankParams.Ordering;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.search.ScoreDoc;

/**
 * The final order of a page, in one core and over shards: the window as it was rescored, the hits
 * behind it with scores below; those in it that score less than {@code minScore} leave, and what an
 * editor elevated is on top whatever it scores.
 *
 * @param elevation for each document the higher the further up an editor put it, and 0 for others
 */
record PageOrder(Ordering ordering, IntUnaryOperator elevation) {

  /** How many hits a page needs: those that leave the window make room for others behind it. */
  static int collected(int length, Ordering ordering) {
    return ordering.minScore().isPresent() ? length + ordering.reRankDocs() : length;
  }

  /**
   * Of the hits, those of the page.
   *
   * @param hits the window, best first, then the rest with the scores of the first pass, which this
   *     changes
   * @param window how many were rescored; at most
   */
  ScoreDoc[] page(ScoreDoc[] hits, int window, int start, int howMany) {
    TailScores.apply(hits, Math.min(window, hits.length));
    return elevated(
        Arrays.stream(hits).filter(this::stays).toArray(ScoreDoc[]::new), start, howMany);
  }

  /** The same of hits that keep the order of the first pass. */
  ScoreDoc[] elevated(ScoreDoc[] hits, int start, int howMany) {
    return Arrays.stream(hits)
        .sorted(Comparator.comparingInt(hit -> -elevation.applyAsInt(hit.doc)))
        .skip(start)
        .limit(howMany)
        .toArray(ScoreDoc[]::new);
  }

  /** Only what the model scored can be too low; the hits of the tail have no score of its. */
  private boolean stays(ScoreDoc hit) {
    return elevation.applyAsInt(hit.doc) > 0
        || hit.score < TailScores.FLOOR
        || ordering.minScore().map(least -> hit.score >= least).orElse(true);
  }
}
