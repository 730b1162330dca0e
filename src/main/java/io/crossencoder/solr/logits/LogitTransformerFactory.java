// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import io.crossencoder.solr.parameters.RerankParameter;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.response.transform.TransformerFactory;

/** Creates the transformer {@code [crossencoder]}. */
public abstract class LogitTransformerFactory extends TransformerFactory {

  private static final Option<Boolean> TAIL =
      new Option<>(
          "tail",
          Values.FLAG,
          false,
          "Also compute a logit for documents below the top `reRankDocs`.");

  private static final Option<Boolean> WINDOW =
      new Option<>(
          "window",
          Values.FLAG,
          false,
          "With `passage=maxp` or `max`: also return the text of the highest-scoring window or value.");

  /** Additional parameters of the transformer in a request. */
  public static final List<Option<?>> OPTIONS = List.of(TAIL, WINDOW);

  /** Options of the transformer in {@code solrconfig.xml}, the same as for the function. */
  public static final List<Option<?>> PLUGIN_OPTIONS = List.of(ScoringRequest.PARSER);

  private String parser = RerankParameter.PARSER_NAME;

  /** Called by the class that {@code solrconfig.xml} declares. */
  protected LogitTransformerFactory() {}

  @Override
  public void init(NamedList<?> args) {
    super.init(args);
    parser = ScoringRequest.parser(args);
  }

  @Override
  public DocTransformer create(String field, SolrParams params, SolrQueryRequest req) {
    ModifiableSolrParams arguments = new ModifiableSolrParams(params);
    OPTIONS.forEach(own -> arguments.remove(own.key()));
    Optional<ScoringRequest> rerank = ScoringRequest.ofRankQuery(req);
    ScoringRequest asked =
        arguments.size() > 0
            ? ScoringRequest.ofArguments(parser, arguments, req)
            : rerank.orElseThrow(() -> nothingToCompareWith(req));
    boolean window = WINDOW.of(params);
    if (window && asked.key().passage().maxWindows().isEmpty()) {
      throw ParameterValues.bad(WINDOW.key(), "true", "requires passage=maxp or passage=max");
    }
    boolean reranks = rerank.map(other -> other.key().equals(asked.key())).orElse(false);
    return new LogitTransformer(field, asked, reranks, TAIL.of(params) || !reranks, window);
  }

  private static RuntimeException nothingToCompareWith(SolrQueryRequest req) {
    return ParameterValues.bad(
        CommonParams.RQ,
        req.getParams().get(CommonParams.RQ, ""),
        "[crossencoder] requires rq={!crossencoder} or its own query: [crossencoder query=$q]");
  }
}
