// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import io.crossencoder.tools.common.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.client.solrj.SolrQuery;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for the requests to Solr. */
public final class FirstPassOptions {
  @Option(
      names = "--def-type",
      paramLabel = "PARSER",
      description = "Query parser of the first pass. Default: ${DEFAULT-VALUE}")
  private String defType = "edismax";

  @Option(
      names = "--qf",
      paramLabel = "FIELDS",
      description =
          "Fields of the first pass, such as 'title^2 overview'. Default: those of Solr's /select")
  private String qf;

  @Option(
      names = "--param",
      converter = FirstPassPair.class,
      paramLabel = "NAME=VALUE",
      description =
          "Additional parameter of each request, such as mm=2 or fq=type:film. Can be repeated.")
  private List<Pair> parameters = new ArrayList<>();

  @Option(
      names = "--text-param",
      paramLabel = "NAME",
      description = {
        "Parameter for the text of the query. If it is not q, set q with --param, such as",
        "--text-param qq --param 'q={!edismax v=$$qq}'. Default: ${DEFAULT-VALUE}"
      })
  private String textParameter = "q";

  @Option(
      names = "--rerank-param",
      converter = RerankPair.class,
      paramLabel = "NAME=VALUE",
      description =
          "Additional parameter of {!crossencoder}, such as passage=maxp. Can be repeated.")
  private List<Pair> rerankParameters = new ArrayList<>();

  @Option(
      names = "--id-field",
      paramLabel = "FIELD",
      description = "Field with the ids of the judgments. Default: ${DEFAULT-VALUE}")
  private String idField = "id";

  @Option(
      names = "--title-field",
      paramLabel = "FIELD",
      description =
          "Field that the report shows as the title of a document. Default: ${DEFAULT-VALUE}")
  private String titleField = "title";

  /** A request parameter. */
  public record Pair(String name, String value) {}

  /** Parses name=value. */
  private static Pair pair(String text, Set<String> reserved) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new TypeConversionException("must be name=value, not '" + text + "'");
    }
    String name = text.substring(0, equals);
    // Otherwise the value would be ignored, or the first pass would be reranked.
    if (reserved.contains(name)) {
      throw new TypeConversionException(name + " is set by the command and its other options");
    }
    return new Pair(name, text.substring(equals + 1));
  }

  /** Parses a parameter of the first pass. */
  static final class FirstPassPair implements ITypeConverter<Pair> {
    @Override
    public Pair convert(String text) {
      return pair(text, Set.of("start", "rows", "fl", "rq", "wt", "defType", "expandMacros"));
    }
  }

  /** Parses a parameter of the second pass. */
  static final class RerankPair implements ITypeConverter<Pair> {
    @Override
    public Pair convert(String text) {
      return pair(text, Set.of("model", "reRankDocs", "blend", "query", "cache"));
    }
  }

  /** Sets the common parameters of all requests. */
  public void apply(SolrQuery request) {
    for (String name : qf == null ? List.of(textParameter) : List.of(textParameter, "qf")) {
      if (parameter(name).isPresent()) {
        throw new CommandException(
            "--param "
                + name
                + "=… has no effect, because "
                + (name.equals("qf") ? "--qf sets it" : "--text-param sets it"));
      }
    }
    parameters.forEach(pair -> request.add(pair.name(), pair.value()));
    if (qf != null) {
      request.set("qf", qf);
    }
  }

  /** The value of a parameter from {@code --param}, if any. */
  public Optional<String> parameter(String name) {
    return parameters.stream()
        .filter(pair -> pair.name().equals(name))
        .map(Pair::value)
        .findFirst();
  }

  public String defType() {
    return defType;
  }

  public String textParameter() {
    return textParameter;
  }

  public List<Pair> rerankParameters() {
    return rerankParameters;
  }

  public String idField() {
    return idField;
  }

  public String titleField() {
    return titleField;
  }
}
