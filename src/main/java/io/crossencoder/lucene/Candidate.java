// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

/**
 * The result for one document of the first pass.
 *
 * @param doc Lucene's document number in the searcher of the request
 * @param firstPassRank rank in the first pass; 0 is the best
 * @param firstPassScore score in the first pass
 * @param logit score of the model; {@link Float#NaN} if it was not computed in time
 * @param truncated whether the model did not process the whole query and passage
 * @param score final score: finite, never NaN
 */
public record Candidate(
    int doc, int firstPassRank, float firstPassScore, float logit, boolean truncated, float score) {

  /** {@return whether the candidate has a logit} */
  public boolean isScored() {
    return !Float.isNaN(logit);
  }
}
