// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.lucene.ScoreBlend;
import java.util.Optional;

/**
 * The settings, besides the logits, that determine the order. Equal settings result in equal
 * orders.
 *
 * @param reRankDocs number of candidates, per shard or of the collection
 * @param blend computes the final score of a candidate
 * @param minScore candidates with a lower score are removed
 */
public record Ordering(int reRankDocs, ScoreBlend blend, Optional<Float> minScore) {

  /** Whether there is no page at this start for so many hits, and no hits to remove. */
  public boolean hasNoPage(int hits, int start) {
    return hits == 0 || (minScore.isEmpty() && hits <= start);
  }
}
