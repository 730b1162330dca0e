// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.TailScores;
import java.io.IOException;
import java.util.Set;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;
import org.apache.solr.common.SolrException;
import org.apache.solr.search.QueryCommand;
import org.apache.solr.search.ReRankCollector;

/**
 * Solr's collector, with two things made right: the hits behind the rerank window get scores below
 * those in it, and an error is not turned into a 400.
 */
final class CrossEncoderCollector extends ReRankCollector {

  private final int reRankDocs;
  private final RequestState state;

  CrossEncoderCollector(
      int reRankDocs,
      int length,
      Rescorer rescorer,
      QueryCommand command,
      IndexSearcher searcher,
      Set<BytesRef> elevated,
      RequestState state)
      throws IOException {
    super(reRankDocs, length, rescorer, command, searcher, elevated);
    this.reRankDocs = reRankDocs;
    this.state = state;
  }

  @Override
  public TopDocs topDocs(int start, int howMany) {
    try {
      TopDocs hits = super.topDocs(start, howMany);
      ScoreDoc[] docs = hits.scoreDocs;
      if (!state.isSkipped()) {
        TailScores.apply(docs, Math.min(reRankDocs, docs.length));
      }
      return hits;
    } catch (SolrException e) {
      throw e.getCause() instanceof SolrException cause ? cause : e;
    }
  }
}
