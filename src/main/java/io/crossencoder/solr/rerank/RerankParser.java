// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.CrossEncoderRescorer;
import io.crossencoder.lucene.ScoreBlend;
import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.models.CoreModels;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.parameters.PluginConfig;
import io.crossencoder.solr.parameters.QueryText;
import io.crossencoder.solr.parameters.RerankParameter;
import io.crossencoder.solr.parameters.RerankParams;
import io.crossencoder.solr.parameters.RerankParams.Scope;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.request.NeededComponent;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.request.ThisRequest;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.CursorMarkParams;
import org.apache.solr.common.params.GroupParams;
import org.apache.solr.common.params.MapSolrParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.search.SyntaxError;

/**
 * Parses one {@code {!crossencoder ...}}. Must be fast, because SolrCloud parses a request several
 * times.
 */
public final class RerankParser extends QParser {

  private final PluginConfig config;
  private final CoreModels models;
  private final NodeMetrics metrics;

  RerankParser(
      String body,
      SolrParams localParams,
      SolrParams params,
      SolrQueryRequest req,
      PluginConfig config,
      CoreModels models,
      NodeMetrics metrics) {
    super(body, localParams, params, req);
    this.config = config;
    this.models = models;
    this.metrics = metrics;
  }

  @Override
  public Query parse() throws SyntaxError {
    if (!sortsByScore() && CountQuery.isInside(req)) {
      return new CountQuery();
    }
    refuseWhatCannotWork();
    RerankContext context = context();
    if (context.params().scope() == Scope.GLOBAL && QueryText.isCombined(params)) {
      throw ParameterValues.bad(
          RerankParameter.RE_RANK_SCOPE.key(),
          "global",
          "cannot be combined with combiner=true, which fuses after rq; fuse with q={!rrf ...} instead");
    }
    collectOnOneThread();
    if (context.params().scope() == Scope.GLOBAL && ThisRequest.isOverShards(params)) {
      NeededComponent.check(RerankParameter.RE_RANK_SCOPE.key(), "global");
      return new GlobalScopeQuery(context, rescorer(context));
    }
    return new RerankQuery(context, rescorer(context));
  }

  /** The settings, without the effects of a rank query on its request. */
  public RerankContext context() {
    SolrParams local = localParams == null ? new ModifiableSolrParams() : localParams;
    RerankParams rerank = RerankParams.parse(local, config, models, req);
    String text = text(local);
    // The rest of a longer text is dropped; the text is then counted as truncated.
    text = text.substring(0, Math.min(text.length(), config.maxQueryLength()));
    // The name of a missing model can be any text from the request.
    String model = rerank.model() instanceof AbsentModel ? "" : rerank.model().spec().name();
    return new RerankContext(rerank, text, metrics.of(req.getCore(), model));
  }

  /** The maximum number of documents that one request can score. */
  public int maxReRankDocs() {
    return config.maxReRankDocs();
  }

  private FailOpenRescorer rescorer(RerankContext context) {
    ScoreBlend blend = context.ordering().blend();
    boolean merged = ShardMessages.isOfShard(params);
    return new FailOpenRescorer(
        new CrossEncoderRescorer(
            context.scorer(),
            context.params().passage().reader(),
            merged ? new RoundedBlend(blend) : blend),
        context);
  }

  /** Rejects combinations for which Solr would return a wrong page or an internal error. */
  private void refuseWhatCannotWork() {
    if (params.get(CursorMarkParams.CURSOR_MARK_PARAM) != null) {
      throw ParameterValues.bad(
          CursorMarkParams.CURSOR_MARK_PARAM,
          params.get(CursorMarkParams.CURSOR_MARK_PARAM),
          "cannot be combined with reranking; use start and rows");
    }
    if (params.getBool(GroupParams.GROUP, false)) {
      throw ParameterValues.bad(
          GroupParams.GROUP, "true", "cannot be reranked; use fq={!collapse field=...} instead");
    }
    if (!sortsByScore()) {
      throw ParameterValues.bad(
          CommonParams.SORT, sort(), "must start with 'score desc', which is the default");
    }
  }

  private boolean sortsByScore() {
    return sort().isEmpty() || sort().matches("(?i)score desc( ?,.*)?");
  }

  private String sort() {
    return params.get(CommonParams.SORT, "").trim().replaceAll("\\s+", " ");
  }

  /**
   * With several threads, Solr creates a collector per slice of the index, each of which would
   * rerank its own candidates. Solr reads the parameter after parsing.
   */
  private void collectOnOneThread() {
    if (params.getBool(CommonParams.MULTI_THREADED, false)) {
      req.setParams(
          SolrParams.wrapDefaults(
              new MapSolrParams(Map.of(CommonParams.MULTI_THREADED, "false")), req.getParams()));
    }
  }

  /**
   * The query text: {@code query}, otherwise the body of the parser, otherwise the text of {@code
   * q}. Can be empty.
   */
  private String text(SolrParams local) {
    String query = local.get(RerankParameter.QUERY.key());
    String own = query != null ? query : local.get(QueryParsing.V, qstr);
    if (query != null || (own != null && !own.isBlank())) {
      return QueryText.normalize(own);
    }
    return QueryText.of(req).orElse("");
  }
}
