// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.parameters.RerankParameter;
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

  private String parser = RerankParameter.PARSER_NAME;

  /** Called by the class that {@code solrconfig.xml} declares. */
  protected LogitFunctionParser() {}

  @Override
  public void init(NamedList<?> args) {
    parser = Optional.ofNullable((String) args.get(RerankParameter.PARSER.key())).orElse(parser);
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
    boolean probability = RerankParameter.AS.of(arguments).equals("probability");
    arguments.remove(RerankParameter.AS.key());
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
