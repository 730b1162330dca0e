// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.report.RerankContext;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.handler.component.MergeStrategy;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.search.QueryCommand;
import org.apache.solr.search.RankQuery;

/**
 * {@code reRankScope=global} on the coordinator and on its shards. This query is never run: the
 * search component removes it from the request, so that shards run, cache and explain the main
 * query, and reranks the hits of all shards on the coordinator.
 */
public final class GlobalScopeQuery extends RankQuery {

  private final RerankContext context;
  private final FailOpenRescorer rescorer;

  GlobalScopeQuery(RerankContext context, FailOpenRescorer rescorer) {
    this.context = context;
    this.rescorer = rescorer;
  }

  public RerankContext context() {
    return context;
  }

  public FailOpenRescorer rescorer() {
    return rescorer;
  }

  /** Removes the query from the request, so that only the main query remains. */
  public static void takeOut(ResponseBuilder builder) {
    if (builder.getRankQuery() instanceof GlobalScopeQuery query) {
      builder.setRankQuery(null);
      builder.req.getContext().put(GlobalScopeQuery.class, query);
    }
  }

  /** The query that was removed from this request. */
  public static Optional<GlobalScopeQuery> of(ResponseBuilder builder) {
    return Optional.ofNullable(
        (GlobalScopeQuery) builder.req.getContext().get(GlobalScopeQuery.class));
  }

  @Override
  public RankQuery wrap(Query mainQuery) {
    throw new SolrException(
        ErrorCode.SERVER_ERROR,
        "reRankScope=global: the component crossencoder must come after query, in last-components");
  }

  @Override
  public TopDocsCollector<? extends ScoreDoc> getTopDocsCollector(
      int length, QueryCommand command, IndexSearcher searcher) {
    throw new UnsupportedOperationException("this query is never run");
  }

  @Override
  public MergeStrategy getMergeStrategy() {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }
}
