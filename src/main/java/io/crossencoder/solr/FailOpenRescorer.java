// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.TailScores;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.solr.common.SolrException;

/** Whatever goes wrong in the rescorer, the first pass is still a good answer. */
final class FailOpenRescorer extends Rescorer {

  private final Rescorer rescorer;
  private final RequestState state;

  FailOpenRescorer(Rescorer rescorer, RequestState state) {
    this.rescorer = rescorer;
    this.state = state;
  }

  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) {
    try {
      return rescorer.rescore(searcher, firstPass, topN);
    } catch (SolrException e) {
      // Said on purpose: onFailure=error.
      throw e;
    } catch (IOException | RuntimeException | LinkageError e) {
      state.failed(e);
      ScoreDoc[] tail =
          Arrays.stream(firstPass.scoreDocs)
              .map(hit -> new ScoreDoc(hit.doc, hit.score, hit.shardIndex))
              .toArray(ScoreDoc[]::new);
      TailScores.apply(tail, 0);
      return new TopDocs(firstPass.totalHits, tail);
    }
  }

  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID)
      throws IOException {
    return rescorer.explain(searcher, firstPass, docID);
  }
}
