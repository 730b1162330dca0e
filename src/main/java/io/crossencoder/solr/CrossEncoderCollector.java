// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.TailScores;
import java.io.IOException;
import java.util.Arrays;
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
 * Solr's collector, with three things of our own: the hits behind the rerank window get scores
 * below those in it, those in it that score less than {@code minScore} leave, and an error is not
 * turned into a 400.
 */
final class CrossEncoderCollector extends ReRankCollector {

  private final RequestState state;
  private final int reRankDocs;

  CrossEncoderCollector(
      int length,
      Rescorer rescorer,
      QueryCommand command,
      IndexSearcher searcher,
      Set<BytesRef> elevated,
      RequestState state)
      throws IOException {
    super(
        state.ordering().reRankDocs(),
        state.ordering().firstPassHits(length),
        rescorer,
        command,
        searcher,
        elevated);
    this.state = state;
    this.reRankDocs = state.ordering().reRankDocs();
  }

  @Override
  public TopDocs topDocs(int start, int howMany) {
    try {
      TopDocs hits = super.topDocs(0, state.ordering().firstPassHits(start + howMany));
      if (!state.isSkipped()) {
        TailScores.apply(hits.scoreDocs, Math.min(reRankDocs, hits.scoreDocs.length));
      }
      ScoreDoc[] page =
          Arrays.stream(hits.scoreDocs)
              .filter(hit -> state.isSkipped() || state.ordering().keeps(hit.score))
              .skip(start)
              .limit(howMany)
              .toArray(ScoreDoc[]::new);
      return new TopDocs(hits.totalHits, page);
    } catch (SolrException e) {
      throw e.getCause() instanceof SolrException cause ? cause : e;
    }
  }
}
