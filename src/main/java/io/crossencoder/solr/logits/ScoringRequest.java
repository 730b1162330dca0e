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
 * Logits that are wanted without a rerank: by the transformer and by the function.
 *
 * @param context the model, the text, the fields, and how much is read of a passage
 * @param maxDocs the most documents that may be scored for it
 */
record ScoringRequest(RerankContext context, int maxDocs) {

  static final Option<String> PARSER =
      Option.open(
          "parser",
          Values.text("name of a `queryParser`"),
          "`" + RerankParameter.PARSER_NAME + "`",
          "Query parser whose models and defaults the transformer or the function uses.");

  /** Which parser the options of a plugin in solrconfig name. */
  static String parser(NamedList<?> options) {
    return Optional.ofNullable((String) options.get(PARSER.key()))
        .orElse(RerankParameter.PARSER_NAME);
  }

  LogitKey key() {
    return context.key().logits();
  }

  /** The same that the rank query of this request asks, if it has one of ours. */
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
   * By arguments of its own.
   *
   * @param parser the name of the queryParser in solrconfig that has the models and the defaults
   * @throws SolrException 400, with the name of the argument and what is allowed
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
          "solrconfig.xml has no queryParser of this name and of class CrossEncoderQParserPlugin");
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

  /** Whether this is a request of a shard whose hits are reranked by the coordinator. */
  boolean isRerankedElsewhere() {
    return context.params().scope() == Scope.GLOBAL
        && ThisRequest.params()
            .filter(
                params -> ShardMessages.isOfShard(params) && params.get(ShardParams.IDS) == null)
            .isPresent();
  }

  /** Whether the coordinator may rerank the hit at this place of a shard's page. */
  boolean mayBeReranked(int place) {
    return isRerankedElsewhere() && place < context.ordering().reRankDocs();
  }
}
