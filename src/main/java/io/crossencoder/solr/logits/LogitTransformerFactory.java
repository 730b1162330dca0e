// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.parameters.RerankParameter;
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

  private String parser = RerankParameter.PARSER_NAME;

  /** Called by the class that {@code solrconfig.xml} declares. */
  protected LogitTransformerFactory() {}

  @Override
  public void init(NamedList<?> args) {
    super.init(args);
    parser = Optional.ofNullable((String) args.get(RerankParameter.PARSER.key())).orElse(parser);
  }

  @Override
  public DocTransformer create(String field, SolrParams params, SolrQueryRequest req) {
    ModifiableSolrParams arguments = new ModifiableSolrParams(params);
    RerankParameter.OF_THE_TRANSFORMER.forEach(own -> arguments.remove(own.key()));
    Optional<ScoringRequest> rerank = ScoringRequest.ofRankQuery(req);
    ScoringRequest asked =
        arguments.size() > 0
            ? ScoringRequest.ofArguments(parser, arguments, req)
            : rerank.orElseThrow(() -> nothingToCompareWith(req));
    boolean window = RerankParameter.WINDOW.of(params);
    if (window && asked.key().passage().maxWindows().isEmpty()) {
      throw ParameterValues.bad(
          RerankParameter.WINDOW.key(), "true", "requires passage=maxp or passage=max");
    }
    boolean reranks = rerank.map(other -> other.key().equals(asked.key())).orElse(false);
    return new LogitTransformer(
        field, asked, reranks, RerankParameter.TAIL.of(params) || !reranks, window);
  }

  private static RuntimeException nothingToCompareWith(SolrQueryRequest req) {
    return ParameterValues.bad(
        CommonParams.RQ,
        req.getParams().get(CommonParams.RQ, ""),
        "[crossencoder] requires rq={!crossencoder} or its own query: [crossencoder query=$q]");
  }
}
