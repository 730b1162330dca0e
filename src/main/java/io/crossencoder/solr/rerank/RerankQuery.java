// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.page.TieOrder;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.RerankReporter;
import io.crossencoder.solr.request.ThisRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.lucene.search.Weight;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.search.AbstractReRankQuery;
import org.apache.solr.search.QueryCommand;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.RankQuery;

/** The main query with the model's order of its top hits. */
public final class RerankQuery extends AbstractReRankQuery {

  private final RerankContext context;

  RerankQuery(RerankContext context, Rescorer rescorer) {
    // Solr replaces the main query with wrap().
    this(new NoMainQuery(), context, rescorer);
  }

  public RerankContext context() {
    return context;
  }

  /** The settings of this request's rank query; empty if it is another kind of rank query. */
  public static Optional<RerankContext> asked(ResponseBuilder builder) {
    return builder.getRankQuery() instanceof RerankQuery query
        ? Optional.of(query.context)
        : GlobalScopeQuery.of(builder).map(GlobalScopeQuery::context);
  }

  private RerankQuery(Query mainQuery, RerankContext context, Rescorer rescorer) {
    super(mainQuery, context.ordering().reRankDocs(), rescorer);
    this.context = context;
  }

  /** {@inheritDoc} Called before the search, and again for explanations. */
  @Override
  public RankQuery wrap(Query mainQuery) {
    new RerankReporter(context).begin();
    // A query with only exclusions, such as -war, matches nothing unless it is rewritten, and no
    // query, such as {!cache=false}, matches all; Solr does this only without rq.
    Query queryable = QueryUtils.makeQueryable(mainQuery);
    return super.wrap(QueryUtils.combineQueryAndFilter(queryable, null));
  }

  @Override
  public TopDocsCollector<? extends ScoreDoc> getTopDocsCollector(
      int length, QueryCommand command, IndexSearcher searcher) throws IOException {
    if (!TieOrder.isByScore(command.getSort())) {
      throw ParameterValues.bad(
          "sort", command.getSort().toString(), "must start with 'score desc'");
    }
    return new RerankCollector(
        length, (FailOpenRescorer) reRankQueryRescorer, command, searcher, context);
  }

  @Override
  protected Query rewrite(Query rewrittenMainQuery) {
    return new RerankQuery(rewrittenMainQuery, context, reRankQueryRescorer);
  }

  /** {@inheritDoc} Explanations need the rescoring of this request. */
  @Override
  public boolean getCache() {
    Optional<ResponseBuilder> builder = ThisRequest.builder();
    // The number of hits below minScore is not in the cache.
    boolean removes = context.ordering().minScore().isPresent();
    return super.getCache()
        && builder.filter(ResponseBuilder::isDebugResults).isEmpty()
        && builder.filter(search -> removes && search.isNeedDocSet()).isEmpty();
  }

  /**
   * {@inheritDoc} A query with an incomplete result is not equal to any other, so that the result
   * is never reused.
   */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof RerankQuery that
        && !context.isIncomplete()
        && !that.context.isIncomplete()
        && mainQuery.equals(that.mainQuery)
        && context.key().equals(that.context.key());
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), mainQuery, context.key());
  }

  @Override
  public String toString(String field) {
    return "{!crossencoder model="
        + context.model()
        + " reRankDocs="
        + reRankDocs
        + " mainQuery='"
        + mainQuery.toString(field)
        + "'}";
  }

  /**
   * Placeholder for the main query of an {@code rq}. Outside of {@code rq}, Solr does not replace
   * it, and the rank query would match nothing or everything; this query reports the mistake.
   */
  static final class NoMainQuery extends Query {

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
      throw ParameterValues.bad(
          "rq",
          "",
          "must contain {!crossencoder ...}, which reorders the hits of another query: rq={!crossencoder ...}");
    }

    @Override
    public void visit(QueryVisitor visitor) {
      visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
      return "none";
    }

    /**
     * {@inheritDoc} Never equal, so that no request waits in a cache for a query that must fail.
     */
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
