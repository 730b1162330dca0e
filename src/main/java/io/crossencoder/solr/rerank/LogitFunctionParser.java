// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import java.util.Optional;
import org.apache.lucene.queries.function.ValueSource;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.search.FunctionQParser;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.search.ValueSourceParser;

/** Parses the function {@code crossencoder()}. */
public abstract class LogitFunctionParser extends ValueSourceParser {

  public static final Option AS =
      new Option("as", "`logit`", "`logit`, `probability`", "Which number the function gives.");

  private String parser = ScoringRequest.PARSER;

  /** For the class that solrconfig names. */
  protected LogitFunctionParser() {}

  @Override
  public void init(NamedList<?> args) {
    parser =
        Optional.ofNullable((String) args.get(ScoringRequest.PARSER_OPTION.key())).orElse(parser);
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
    return new LogitFunction(
        ScoringRequest.ofArguments(parser, arguments, fp.getReq()), probability);
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
