// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.response.transform.TransformerFactory;

/** Makes the transformer {@code [crossencoder]}. */
public abstract class LogitTransformerFactory extends TransformerFactory {

  private static final Option TAIL =
      new Option(
          "tail", "`false`", "`true`, `false`", "A logit for hits behind the rerank window too.");

  private static final Option WINDOW =
      new Option(
          "window",
          "`false`",
          "`true`, `false`",
          "With `passage=maxp`: the text of the window that won.");

  /** Its own, beside those that decide a logit. */
  public static final List<Option> OPTIONS = List.of(TAIL, WINDOW);

  private String parser = ScoringRequest.PARSER;

  /** For the class that solrconfig names. */
  protected LogitTransformerFactory() {}

  @Override
  public void init(NamedList<?> args) {
    super.init(args);
    parser =
        Optional.ofNullable((String) args.get(ScoringRequest.PARSER_OPTION.key())).orElse(parser);
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
    boolean window = params.getBool(WINDOW.key(), false);
    if (window && asked.key().maxWindows().isEmpty()) {
      throw ParameterValues.bad(WINDOW.key(), "true", "only passage=maxp has windows");
    }
    boolean reranks = rerank.map(other -> other.key().equals(asked.key())).orElse(false);
    return new LogitTransformer(
        field, asked, reranks, params.getBool(TAIL.key(), false) || !reranks, window);
  }

  private static RuntimeException nothingToCompareWith(SolrQueryRequest req) {
    return ParameterValues.bad(
        CommonParams.RQ,
        req.getParams().get(CommonParams.RQ, ""),
        "[crossencoder] needs rq={!crossencoder}, or a query of its own:"
            + " [crossencoder query=$q]");
  }
}
