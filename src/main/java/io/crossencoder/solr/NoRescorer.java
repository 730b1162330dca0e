// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.TopDocs;

/** For a request that gives the model nothing to compare with: the first pass as it is. */
final class NoRescorer extends Rescorer {

  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) {
    return new TopDocs(firstPass.totalHits, firstPass.scoreDocs.clone());
  }

  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID) {
    return firstPass;
  }
}
