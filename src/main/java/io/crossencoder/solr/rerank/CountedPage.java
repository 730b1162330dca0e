// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import org.apache.lucene.search.TotalHits;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocList;

/**
 * A page as it is, scores of the first pass included, with another number of hits in all.
 *
 * @param matches how many hits there are
 */
record CountedPage(DocList page, long matches) implements DocList {

  @Override
  public int offset() {
    return page.offset();
  }

  @Override
  public int size() {
    return page.size();
  }

  @Override
  public TotalHits.Relation hitCountRelation() {
    return TotalHits.Relation.EQUAL_TO;
  }

  @Override
  public DocList subset(int offset, int length) {
    DocList subset = page.subset(offset, length);
    return subset == null ? null : new CountedPage(subset, matches);
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
