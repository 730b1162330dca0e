// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      converter = PairConverter.class,
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
      converter = PairConverter.class,
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
  public static final class PairConverter implements ITypeConverter<Pair> {
    @Override
    public Pair convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException("must be name=value, not '" + text + "'");
      }
      return new Pair(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  /** Sets the common parameters of all requests. */
  public void apply(SolrQuery request) {
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
