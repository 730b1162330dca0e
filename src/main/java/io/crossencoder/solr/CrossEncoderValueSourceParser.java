// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.Optional;
import org.apache.lucene.queries.function.ValueSource;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.search.FunctionQParser;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.search.ValueSourceParser;

/**
 * The function {@code crossencoder($qq)}: the logit of a document for a text, in {@code fl}, {@code
 * sort}, {@code bf}, {@code {!frange}} and {@code {!func}}, and so in a SolrFeature of Solr's LTR.
 *
 * <pre>{@code
 * <valueSourceParser name="crossencoder" class="io.crossencoder.solr.CrossEncoderValueSourceParser"/>
 * }</pre>
 *
 * <p>The first argument is the text; without one it is the request's {@code q}. Those that follow
 * are parameters of a rerank that decide a logit, and {@code as}: {@code
 * crossencoder($qq,'fields=title','as=probability')}. Where Solr takes the value for a score, as in
 * {@code bf} and {@code {!func}}, Lucene makes 0 of what is negative, as most logits are: use
 * {@code as=probability} there.
 *
 * <p>In {@code fl} the page is scored in one batch. Elsewhere Lucene asks for one document at a
 * time, and for every one that matches: that is bounded by {@code maxReRankDocs}, the error beyond
 * it is a 400. The score cache knows what was scored before.
 */
public final class CrossEncoderValueSourceParser extends ValueSourceParser {

  static final Option AS =
      new Option("as", "`logit`", "`logit`, `probability`", "Which number the function gives.");

  private String parser = LogitRequest.PARSER;

  /** For Solr, which makes one by reflection for each time that a core's solrconfig names it. */
  public CrossEncoderValueSourceParser() {}

  @Override
  public void init(NamedList<?> args) {
    parser =
        Optional.ofNullable((String) args.get(LogitRequest.PARSER_OPTION.key())).orElse(parser);
  }

  @Override
  public ValueSource parse(FunctionQParser fp) throws SyntaxError {
    ModifiableSolrParams arguments = new ModifiableSolrParams();
    if (fp.hasMoreArguments()) {
      String text = fp.parseArg();
      if (text == null) {
        throw ParameterValues.bad(
            RerankParameter.QUERY.key(), "", "crossencoder(...) refers to no parameter");
      }
      while (fp.hasMoreArguments()) {
        parseLocal(fp.parseArg(), arguments, fp);
      }
      arguments.set(RerankParameter.QUERY.key(), text);
    }
    boolean probability = isProbability(arguments.get(AS.key(), "logit"));
    arguments.remove(AS.key());
    return new CrossEncoderValueSource(
        LogitRequest.ofArguments(parser, arguments, fp.getReq()), probability);
  }

  private static void parseLocal(String text, ModifiableSolrParams into, FunctionQParser fp)
      throws SyntaxError {
    String local = QueryParsing.LOCALPARAM_START + text + QueryParsing.LOCALPARAM_END;
    if (QueryParsing.parseLocalParams(local, 0, into, fp.getParams()) != local.length()) {
      throw new SyntaxError("crossencoder(...): '" + text + "' is no list of name=value");
    }
  }

  private static boolean isProbability(String word) {
    return switch (word) {
      case "logit" -> false;
      case "probability" -> true;
      default -> throw ParameterValues.bad(AS.key(), word, "logit or probability");
    };
  }
}
