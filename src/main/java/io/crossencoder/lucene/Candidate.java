// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

/**
 * What became of one hit of the first pass.
 *
 * @param doc Lucene's document number in the searcher of the request
 * @param firstPassRank its place in the first pass, from 0, the best
 * @param firstPassScore its score there
 * @param logit what the model says; {@link Float#NaN} if it was not asked in time
 * @param truncated whether the model did not read all of query and passage
 * @param score the score it leaves with: finite, never NaN
 */
public record Candidate(
    int doc, int firstPassRank, float firstPassScore, float logit, boolean truncated, float score) {

  /** {@return whether it has a logit: {@code logit} is a number} */
  public boolean isScored() {
    return !Float.isNaN(logit);
  }
}
