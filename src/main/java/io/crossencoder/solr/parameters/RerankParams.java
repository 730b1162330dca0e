// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import static io.crossencoder.solr.parameters.RerankParameter.FIELDS;
import static io.crossencoder.solr.parameters.RerankParameter.MAX_WINDOWS;
import static io.crossencoder.solr.parameters.RerankParameter.MIN_SCORE;
import static io.crossencoder.solr.parameters.RerankParameter.MODEL;
import static io.crossencoder.solr.parameters.RerankParameter.ON_FAILURE;
import static io.crossencoder.solr.parameters.RerankParameter.PASSAGE;
import static io.crossencoder.solr.parameters.RerankParameter.RE_RANK_DOCS;
import static io.crossencoder.solr.parameters.RerankParameter.RE_RANK_SCOPE;
import static io.crossencoder.solr.parameters.RerankParameter.RE_RANK_TIMEOUT;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.solr.models.CoreModels;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.IndexSchema;

/**
 * The parameters of one {@code {!crossencoder}}, with defaults and checks.
 *
 * @param model the model
 * @param passage text of a document for the model
 * @param ordering settings, besides the logits, that determine the order
 * @param reRankTimeout time limit; the remaining candidates keep their first-pass order; none: no
 *     limit
 * @param onFailure behavior if the model fails or the queue is full
 * @param scope whose top documents are rescored in a distributed request
 */
public record RerankParams(
    CrossEncoder model,
    PassageSpec passage,
    Ordering ordering,
    Optional<Duration> reRankTimeout,
    OnFailure onFailure,
    Scope scope) {

  /** Whose top {@code reRankDocs} documents are rescored. */
  public enum Scope {
    /** The top documents of each shard: one inference per shard and candidate. */
    SHARD,
    /** The top documents of the collection, in the order that one core would return. */
    GLOBAL
  }

  /** The part of a long passage that is scored. */
  enum PassageMode {
    /** The beginning. */
    HEAD,
    /** The highest-scoring window. */
    MAXP,
    /** The highest-scoring value of a field. */
    MAX
  }

  /** Behavior if the model fails or is not available. */
  public enum OnFailure {
    /** Return the first-pass order and report the failure in the response. */
    FIRST_PASS("firstPass"),
    /** Return an error. */
    ERROR("error");

    private final String word;

    OnFailure(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * Parses and checks the parameters.
   *
   * @throws SolrException 400 with the name of the parameter and the valid values
   */
  public static RerankParams parse(
      SolrParams local, PluginConfig config, CoreModels models, SolrQueryRequest request) {
    for (String name : (Iterable<String>) local::getParameterNamesIterator) {
      if (!RerankParameter.KEYS.contains(name) && !ParameterValues.OF_EVERY_PARSER.contains(name)) {
        throw ParameterValues.bad(
            name,
            local.get(name),
            "not a valid parameter; valid parameters: " + RerankParameter.KEYS);
      }
      if (RerankParameter.KEYS.contains(name) && local.get(name) == null) {
        throw ParameterValues.bad(name, "$...", "refers to a parameter that is not in the request");
      }
    }
    SolrParams params = SolrParams.wrapDefaults(local, config.defaults());
    IndexSchema schema = request.getSchema();
    List<String> names = ParameterValues.names(FIELDS.in(params).orElse(""));
    if (MODEL.in(params).isEmpty() || names.isEmpty()) {
      throw missing(MODEL.in(params), names, models, schema);
    }
    List<String> fields = PassageFields.checked(names, schema);
    return new RerankParams(
        model(MODEL.in(params).get(), models, request),
        new PassageSpec(
            fields,
            PASSAGE.of(params) == PassageMode.MAX
                ? Optional.of(PassageFields.valueField(fields, schema))
                : Optional.empty(),
            maxWindows(params)),
        new Ordering(
            reRankDocs(params, config),
            BlendParams.parse(local, params, schema),
            MIN_SCORE.in(params)),
        RE_RANK_TIMEOUT.in(params).map(Duration::ofMillis),
        ON_FAILURE.of(params),
        RE_RANK_SCOPE.of(params));
  }

  /**
   * Checks the defaults in {@code solrconfig.xml} as far as possible without a schema. An invalid
   * default prevents the core from loading; otherwise every request would fail.
   *
   * @throws SolrException like {@link #parse}
   */
  static void checkDefaults(PluginConfig config) {
    SolrParams defaults = config.defaults();
    reRankDocs(defaults, config);
    RerankParameter.ALL.forEach(option -> option.in(defaults));
    BlendParams.checkDefaults(defaults);
  }

  private static int reRankDocs(SolrParams params, PluginConfig config) {
    return RE_RANK_DOCS.within(Values.wholeNumber(1, config.maxReRankDocs())).of(params);
  }

  /** The error for missing required parameters: lists all of them, with an example. */
  private static SolrException missing(
      Optional<String> model, List<String> fields, CoreModels models, IndexSchema schema) {
    List<String> missing = new ArrayList<>();
    if (model.isEmpty()) {
      missing.add(MODEL.key());
    }
    if (fields.isEmpty()) {
      missing.add(FIELDS.key());
    }
    String example =
        "{!crossencoder model="
            + model.or(() -> models.names().stream().findFirst()).orElse("NAME")
            + " fields="
            + String.join(",", fields.isEmpty() ? PassageFields.some(schema) : fields)
            + "}";
    return new SolrException(
        ErrorCode.BAD_REQUEST,
        "crossencoder: "
            + String.join(" and ", missing)
            + ": required, in the request or as a default in solrconfig.xml; for example "
            + example
            + "; "
            + models.describe());
  }

  private static CrossEncoder model(String name, CoreModels models, SolrQueryRequest request) {
    return models
        .find(name)
        .orElseGet(
            () ->
                AbsentModel.of(
                    name,
                    models.describe(),
                    ParameterValues.bad(
                        MODEL.key(), name, "not a model of this core; " + models.describe()),
                    request));
  }

  private static Optional<Integer> maxWindows(SolrParams params) {
    int most = MAX_WINDOWS.of(params);
    return PASSAGE.of(params) == PassageMode.HEAD ? Optional.empty() : Optional.of(most);
  }
}
