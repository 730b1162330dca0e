// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import io.crossencoder.solr.parameters.RerankParameter;
import java.util.List;
import org.apache.lucene.queries.function.ValueSource;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.search.FunctionQParser;
import org.apache.solr.search.QueryParsing;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.search.ValueSourceParser;

/** Parses the function {@code crossencoder()}. */
public abstract class LogitFunctionParser extends ValueSourceParser {

  private static final Option<String> AS =
      new Option<>(
          "as",
          Values.oneOf(List.of("logit", "probability"), word -> word),
          "logit",
          "Value that the function returns.");

  /** Additional parameters of the function in a request. */
  public static final List<Option<?>> OPTIONS = List.of(AS);

  private String parser = RerankParameter.PARSER_NAME;

  /** Called by the class that {@code solrconfig.xml} declares. */
  protected LogitFunctionParser() {}

  @Override
  public void init(NamedList<?> args) {
    parser = ScoringRequest.parser(args);
  }

  @Override
  public ValueSource parse(FunctionQParser fp) throws SyntaxError {
    ModifiableSolrParams arguments = new ModifiableSolrParams();
    CollapsingByLogit.giveRequest(fp);
    if (fp.hasMoreArguments()) {
      String text = fp.parseArg();
      if (text == null) {
        throw ParameterValues.bad(
            RerankParameter.QUERY.key(),
            "",
            "crossencoder(...) refers to a parameter that is not in the request");
      }
      while (fp.hasMoreArguments()) {
        parseLocal(fp.parseArg(), arguments, fp);
      }
      arguments.set(RerankParameter.QUERY.key(), text);
    }
    boolean probability = AS.of(arguments).equals("probability");
    arguments.remove(AS.key());
    return new LogitFunction(
        ScoringRequest.ofArguments(parser, arguments, fp.getReq()), probability);
  }

  private static void parseLocal(String text, ModifiableSolrParams into, FunctionQParser fp)
      throws SyntaxError {
    String local = QueryParsing.LOCALPARAM_START + text + QueryParsing.LOCALPARAM_END;
    if (QueryParsing.parseLocalParams(local, 0, into, fp.getParams()) != local.length()) {
      throw new SyntaxError("crossencoder(...): '" + text + "' must be name=value");
    }
  }
}
