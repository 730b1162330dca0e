// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.page;

import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.parameters.Ordering;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.search.ScoreDoc;

/**
 * The final order of a page, in one core and over shards: rescored hits first, then the others.
 * With {@code minScore}, hits with a lower score or without a score are removed. Elevated documents
 * always come first.
 *
 * @param elevation rank of an elevated document, higher is better; 0 for others
 */
public record PageOrder(Ordering ordering, IntUnaryOperator elevation) {

  /**
   * The remaining hits in their final order.
   *
   * @param hits rescored hits, best first, then the others with their first-pass scores; changed by
   *     this method
   * @param window maximum number of rescored hits
   * @param removes whether {@code minScore} applies
   */
  public ScoreDoc[] staying(ScoreDoc[] hits, int window, boolean removes) {
    TailScores.apply(hits, Math.min(window, hits.length));
    return removes ? Arrays.stream(hits).filter(this::stays).toArray(ScoreDoc[]::new) : hits;
  }

  /** The hits of the page, with the elevated ones first. */
  public ScoreDoc[] elevated(ScoreDoc[] hits, int start, int howMany) {
    return Arrays.stream(hits)
        .sorted(Comparator.comparingInt(hit -> -elevation.applyAsInt(hit.doc)))
        .skip(start)
        .limit(howMany)
        .toArray(ScoreDoc[]::new);
  }

  /** With {@code minScore}, only scored and elevated hits remain. */
  private boolean stays(ScoreDoc hit) {
    return elevation.applyAsInt(hit.doc) > 0
        || ordering
            .minScore()
            .map(least -> hit.score >= TailScores.FLOOR && hit.score >= least)
            .orElse(true);
  }
}
