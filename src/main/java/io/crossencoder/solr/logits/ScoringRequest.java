// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.parameters.RerankParameter;
import io.crossencoder.solr.parameters.RerankParams.Scope;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.RerankContext.LogitKey;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.request.ThisRequest;
import io.crossencoder.solr.rerank.RerankParser;
import io.crossencoder.solr.rerank.RerankParserPlugin;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.SyntaxError;

/**
 * A request for logits without reranking, by the transformer or the function.
 *
 * @param context model, query text, fields, and number of windows
 * @param maxDocs maximum number of documents to score
 */
record ScoringRequest(RerankContext context, int maxDocs) {

  static final Option<String> PARSER =
      Option.open(
          "parser",
          Values.text("name of a `queryParser`"),
          "`" + RerankParameter.PARSER_NAME + "`",
          "Query parser whose models and defaults the transformer or the function uses.");

  /** Option in {@code solrconfig.xml}: the query parser with the models and defaults. */
  static String parser(NamedList<?> options) {
    return Optional.ofNullable((String) options.get(PARSER.key()))
        .orElse(RerankParameter.PARSER_NAME);
  }

  LogitKey key() {
    return context.key().logits();
  }

  /** The settings of this request's rank query, if there is one. */
  static Optional<ScoringRequest> ofRankQuery(SolrQueryRequest req) {
    String rq = req.getParams().get(CommonParams.RQ);
    try {
      return rq != null && QParser.getParser(rq, req) instanceof RerankParser parser
          ? Optional.of(of(parser))
          : Optional.empty();
    } catch (SyntaxError e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e);
    }
  }

  /**
   * Settings from arguments.
   *
   * @param parser name of the queryParser whose models and defaults are used
   * @throws SolrException 400 with the name of the argument and the valid values
   */
  static ScoringRequest ofArguments(String parser, SolrParams arguments, SolrQueryRequest req) {
    for (String name : (Iterable<String>) arguments::getParameterNamesIterator) {
      if (!RerankParameter.KEYS_OF_A_LOGIT.contains(name)) {
        throw ParameterValues.bad(
            name,
            arguments.get(name),
            "not a valid parameter here; valid parameters: " + RerankParameter.KEYS_OF_A_LOGIT);
      }
    }
    if (!(req.getCore().getQueryPlugin(parser) instanceof RerankParserPlugin plugin)) {
      throw ParameterValues.bad(
          PARSER.key(),
          parser,
          "solrconfig.xml has no queryParser with this name and the class CrossEncoderQParserPlugin");
    }
    ScoringRequest asked = of(plugin.createParser("", arguments, req.getParams(), req));
    if (asked.context.params().model() instanceof AbsentModel here
        && !ShardMessages.isOfShard(req.getParams())) {
      throw here.refusal();
    }
    return asked;
  }

  private static ScoringRequest of(RerankParser parser) {
    return new ScoringRequest(parser.context(), parser.maxReRankDocs());
  }

  /** Whether this is a request to a shard whose hits the coordinator reranks. */
  boolean isRerankedElsewhere() {
    return context.params().scope() == Scope.GLOBAL
        && ThisRequest.params()
            .filter(
                params -> ShardMessages.isOfShard(params) && params.get(ShardParams.IDS) == null)
            .isPresent();
  }

  /** Whether the coordinator may rerank the hit at this position of a shard's page. */
  boolean mayBeReranked(int place) {
    return isRerankedElsewhere() && place < context.ordering().reRankDocs();
  }
}
