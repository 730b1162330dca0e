// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.request.ThisRequest;
import java.util.Objects;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.TopDocs;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.AbstractReRankQuery;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.RankQuery;

/**
 * The main query alone. Solr's spellchecker runs the request again for each collation to count
 * hits; their order does not matter, so nothing is rescored.
 */
final class CountQuery extends AbstractReRankQuery {

  /** Returns the hits unchanged. */
  private static final Rescorer NONE =
      new Rescorer() {
        @Override
        public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) {
          return firstPass;
        }

        @Override
        public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID) {
          return firstPass;
        }
      };

  CountQuery() {
    this(new RerankQuery.NoMainQuery());
  }

  private CountQuery(Query mainQuery) {
    super(mainQuery, 1, NONE);
  }

  /** Whether this request was created inside the request of a client. */
  static boolean isInside(SolrQueryRequest request) {
    return ThisRequest.request().filter(sent -> sent != request).isPresent();
  }

  @Override
  public RankQuery wrap(Query mainQuery) {
    return super.wrap(QueryUtils.makeQueryable(mainQuery));
  }

  @Override
  protected Query rewrite(Query rewrittenMainQuery) {
    return new CountQuery(rewrittenMainQuery);
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other) && mainQuery.equals(((CountQuery) other).mainQuery);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), mainQuery);
  }

  @Override
  public String toString(String field) {
    return mainQuery.toString(field);
  }
}
