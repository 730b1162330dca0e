// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import java.util.Optional;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.response.transform.TransformerFactory;

/**
 * {@code fl=id,ce:[crossencoder]}: for each document of the page what the model says of it, and
 * what the rerank did to it.
 *
 * <pre>{@code
 * <transformer name="crossencoder" class="io.crossencoder.solr.CrossEncoderTransformerFactory"/>
 * }</pre>
 *
 * <p>An object of {@code logit}, {@code probability}, {@code firstPassRank} (from 1), {@code
 * reranked}, {@code truncated}, and, with {@code window=true} and {@code passage=maxp}, {@code
 * window}, the text of the window that won. What is not known is left out: {@code firstPassRank}
 * and {@code reranked} where this request did not rerank itself, as when the page comes from
 * queryResultCache without scores, or in SolrCloud, where another request of the same search did.
 *
 * <p>It tells of the request's own {@code rq={!crossencoder}}. Hits behind the rerank window have a
 * logit only with {@code tail=true}. With {@code query}, {@code model}, {@code fields}, {@code
 * passage} or {@code maxWindows} it needs no {@code rq}, and scores all documents of the page by
 * these.
 */
public final class CrossEncoderTransformerFactory extends TransformerFactory {

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
  static final List<Option> OPTIONS = List.of(TAIL, WINDOW);

  private String parser = LogitRequest.PARSER;

  /** For Solr, which makes one by reflection for each time that a core's solrconfig names it. */
  public CrossEncoderTransformerFactory() {}

  @Override
  public void init(NamedList<?> args) {
    super.init(args);
    parser =
        Optional.ofNullable((String) args.get(LogitRequest.PARSER_OPTION.key())).orElse(parser);
  }

  @Override
  public DocTransformer create(String field, SolrParams params, SolrQueryRequest req) {
    ModifiableSolrParams arguments = new ModifiableSolrParams(params);
    OPTIONS.forEach(own -> arguments.remove(own.key()));
    Optional<LogitRequest> rerank = LogitRequest.ofRankQuery(req);
    LogitRequest asked =
        arguments.size() > 0
            ? LogitRequest.ofArguments(parser, arguments, req)
            : rerank.orElseThrow(() -> nothingToCompareWith(req));
    boolean window = params.getBool(WINDOW.key(), false);
    if (window && asked.asked().maxWindows().isEmpty()) {
      throw ParameterValues.bad(WINDOW.key(), "true", "only passage=maxp has windows");
    }
    boolean reranks = rerank.map(other -> other.asked().equals(asked.asked())).orElse(false);
    return new CrossEncoderTransformer(
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
