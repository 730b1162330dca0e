// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.lucene.ScoreBlend;
import java.util.Optional;

/**
 * What decides the order, but for the logits: equal where the order is.
 *
 * @param reRankDocs how many candidates are rescored: of each shard, or of the collection
 * @param blend the final score of a candidate
 * @param minScore below which a rescored candidate leaves the result
 */
public record Ordering(int reRankDocs, ScoreBlend blend, Optional<Float> minScore) {

  /** Whether so many hits leave nothing to do for a page from there: nor to count what stays. */
  public boolean hasNoPage(int hits, int start) {
    return hits == 0 || (minScore.isEmpty() && hits <= start);
  }
}
