// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import org.apache.lucene.search.TotalHits;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocList;

/**
 * A page without the hits that {@code minScore} removed, with their corrected number.
 *
 * @param page page of Solr
 * @param offset start of the page in the request
 * @param matches number of remaining hits
 */
record StayingHits(DocList page, int offset, long matches) implements DocList {

  @Override
  public int size() {
    return page.size();
  }

  @Override
  public TotalHits.Relation hitCountRelation() {
    return TotalHits.Relation.EQUAL_TO;
  }

  @Override
  public DocList subset(int start, int length) {
    DocList part = page.subset(start, length);
    return part == null ? null : new StayingHits(part, start, matches);
  }

  @Override
  public DocIterator iterator() {
    return page.iterator();
  }

  @Override
  public boolean hasScores() {
    return page.hasScores();
  }

  @Override
  public float maxScore() {
    return page.maxScore();
  }
}
