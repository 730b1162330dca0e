// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.options.ParameterValues;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.handler.component.MergeStrategy;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.search.QueryCommand;
import org.apache.solr.search.RankQuery;

/**
 * {@code reRankScope=global} on the coordinator and on its shards. Nobody runs it: {@link
 * RerankComponent} takes it out of the request, so that shards run, cache and explain the main
 * query as any other, and reranks the hits of all shards where they meet.
 */
final class GlobalScopeQuery extends RankQuery {

  private final RerankContext context;
  private final FailOpenRescorer rescorer;

  GlobalScopeQuery(RerankContext context, FailOpenRescorer rescorer) {
    this.context = context;
    this.rescorer = rescorer;
  }

  /**
   * Whether this request coordinates shards or is one of a shard's; else the core is the whole.
   *
   * @throws SolrException 400, if the handler could not rerank
   */
  static boolean isPartOfOne(SolrQueryRequest request) {
    SolrRequestInfo info = SolrRequestInfo.getRequestInfo();
    ResponseBuilder builder = info == null ? null : info.getResponseBuilder();
    boolean coordinates = builder != null && builder.isDistributed();
    if (!coordinates && !request.getParams().getBool(ShardParams.IS_SHARD, false)) {
      return false;
    }
    List<SearchComponent> components = builder == null ? List.of() : builder.components;
    if (components.stream().noneMatch(RerankComponent.class::isInstance)) {
      throw ParameterValues.bad(
          RerankParameter.RE_RANK_SCOPE.key(),
          "global",
          "needs the search component: in solrconfig, <searchComponent name=\"crossencoder\""
              + " class=\"io.crossencoder.solr.CrossEncoderComponent\"/>, and crossencoder in the"
              + " last-components of this handler");
    }
    return true;
  }

  RerankContext context() {
    return context;
  }

  FailOpenRescorer rescorer() {
    return rescorer;
  }

  /** Leaves the request with the main query alone, and keeps this one for {@link #find}. */
  static void takeOutOf(ResponseBuilder builder) {
    if (builder.getRankQuery() instanceof GlobalScopeQuery query) {
      builder.setRankQuery(null);
      builder.req.getContext().put(GlobalScopeQuery.class, query);
    }
  }

  /** The one that was taken out of this request, if it had one. */
  static Optional<GlobalScopeQuery> find(ResponseBuilder builder) {
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
    throw new UnsupportedOperationException("nobody runs this query");
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
