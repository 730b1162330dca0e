// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import static io.crossencoder.solr.rerank.RerankParameter.FIELDS;
import static io.crossencoder.solr.rerank.RerankParameter.MAX_WINDOWS;
import static io.crossencoder.solr.rerank.RerankParameter.MIN_SCORE;
import static io.crossencoder.solr.rerank.RerankParameter.MODEL;
import static io.crossencoder.solr.rerank.RerankParameter.ON_FAILURE;
import static io.crossencoder.solr.rerank.RerankParameter.PASSAGE;
import static io.crossencoder.solr.rerank.RerankParameter.RE_RANK_DOCS;
import static io.crossencoder.solr.rerank.RerankParameter.RE_RANK_SCOPE;
import static io.crossencoder.solr.rerank.RerankParameter.RE_RANK_TIMEOUT;

import io.crossencoder.lucene.ScoreBlend;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.solr.models.CoreModels;
import io.crossencoder.solr.options.ParameterValues;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/**
 * What one {@code {!crossencoder}} asks for: every parameter, its default and its check.
 *
 * @param model the model that scores
 * @param ordering all else that decides the order
 * @param reRankTimeout after which the rest keeps its first-pass order; none: no limit
 * @param onFailure what a failing model or a full queue makes of the request
 * @param scope whose best hits are rescored when a request goes to several shards
 */
public record RerankParams(
    CrossEncoder model,
    Ordering ordering,
    Optional<Duration> reRankTimeout,
    OnFailure onFailure,
    Scope scope) {

  public static final int RE_RANK_DOCS_DEFAULT = 50;
  static final int MAX_WINDOWS_DEFAULT = 8;
  static final int MAX_WINDOWS_CEILING = 64;

  /** What every parser of Solr understands. */
  private static final Set<String> SOLR = Set.of("type", "v", "cache", "cost", "tag");

  /**
   * What decides the order, but for the model and the text: equal where the order is.
   *
   * @param fields the stored fields that make the passage, in their order
   * @param maxWindows how many windows of a passage are scored; none: only its head is read
   * @param reRankDocs how many candidates are rescored: of each shard, or of the collection
   * @param blend the final score of a candidate
   * @param minScore below which a rescored candidate leaves the result
   */
  record Ordering(
      List<String> fields,
      Optional<Integer> maxWindows,
      int reRankDocs,
      ScoreBlend blend,
      Optional<Float> minScore) {}

  /** Whose best {@code reRankDocs} are rescored. */
  enum Scope {
    /** Each shard's own: as many inferences as there are shards times candidates. */
    SHARD,
    /** Those of the whole collection: one window, and the order that one core would give. */
    GLOBAL;

    static Scope of(String word) {
      return Arrays.stream(values())
          .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(() -> ParameterValues.bad(RE_RANK_SCOPE.key(), word, "shard or global"));
    }
  }

  /** What to do when the model fails or cannot be asked. */
  enum OnFailure {
    /** Return the first-pass order, and say so in the response. */
    FIRST_PASS("firstPass"),
    /** Fail the request. */
    ERROR("error");

    private final String word;

    OnFailure(String word) {
      this.word = word;
    }

    static OnFailure of(String word) {
      return Arrays.stream(values())
          .filter(value -> value.word.equals(word))
          .findFirst()
          .orElseThrow(() -> ParameterValues.bad(ON_FAILURE.key(), word, "firstPass or error"));
    }
  }

  /**
   * Reads and checks the parameters.
   *
   * @throws SolrException 400, with the name of the parameter and what is allowed
   */
  static RerankParams parse(
      SolrParams local, PluginConfig config, CoreModels models, IndexSchema schema) {
    for (String name : (Iterable<String>) local::getParameterNamesIterator) {
      if (!RerankParameter.KEYS.contains(name) && !SOLR.contains(name)) {
        throw ParameterValues.bad(
            name,
            local.get(name),
            "not a parameter of crossencoder; " + RerankParameter.KEYS + " are");
      }
      if (RerankParameter.KEYS.contains(name) && local.get(name) == null) {
        throw ParameterValues.bad(name, "$...", "refers to a parameter that the request has not");
      }
    }
    SolrParams params = SolrParams.wrapDefaults(local, config.defaults());
    return new RerankParams(
        model(MODEL.in(params), models),
        new Ordering(
            fields(FIELDS.in(params), schema),
            maxWindows(params),
            reRankDocs(params, config),
            BlendParams.parse(local, params, schema),
            ParameterValues.number(MIN_SCORE, params)),
        timeout(params),
        onFailure(params),
        scope(params));
  }

  /**
   * Checks the defaults of solrconfig as far as that goes without a schema, so that the core does
   * not load with one that every request would be blamed for.
   *
   * @throws SolrException as {@link #parse} would
   */
  static void checkDefaults(PluginConfig config) {
    SolrParams defaults = config.defaults();
    maxWindows(defaults);
    reRankDocs(defaults, config);
    BlendParams.checkDefaults(defaults);
    ParameterValues.number(MIN_SCORE, defaults);
    timeout(defaults);
    onFailure(defaults);
    scope(defaults);
  }

  private static int reRankDocs(SolrParams params, PluginConfig config) {
    return ParameterValues.wholeNumber(RE_RANK_DOCS, params, config.maxReRankDocs())
        .orElse(RE_RANK_DOCS_DEFAULT);
  }

  private static Optional<Duration> timeout(SolrParams params) {
    return ParameterValues.wholeNumber(RE_RANK_TIMEOUT, params, Integer.MAX_VALUE)
        .map(Duration::ofMillis);
  }

  private static OnFailure onFailure(SolrParams params) {
    return Optional.ofNullable(ON_FAILURE.in(params))
        .map(OnFailure::of)
        .orElse(OnFailure.FIRST_PASS);
  }

  private static Scope scope(SolrParams params) {
    return Optional.ofNullable(RE_RANK_SCOPE.in(params)).map(Scope::of).orElse(Scope.SHARD);
  }

  private static CrossEncoder model(String name, CoreModels models) {
    if (name == null) {
      throw ParameterValues.bad(
          MODEL.key(), "", "needed, as solrconfig has no default; " + models.describe());
    }
    return models
        .find(name)
        .orElseThrow(
            () ->
                ParameterValues.bad(
                    MODEL.key(), name, "not a model of this core; " + models.describe()));
  }

  private static List<String> fields(String names, IndexSchema schema) {
    List<String> fields =
        Stream.of((names == null ? "" : names).split("[,\\s]+"))
            .filter(name -> !name.isEmpty())
            .toList();
    if (fields.isEmpty()) {
      throw ParameterValues.bad(
          FIELDS.key(), "", "needed: the stored fields that make the passage, as title,overview");
    }
    for (String field : fields) {
      SchemaField known = schema.getFieldOrNull(field);
      if (known == null) {
        throw ParameterValues.bad(
            FIELDS.key(), field, "not a field of the schema; a list of stored fields is allowed");
      }
      if (!known.stored()) {
        throw ParameterValues.bad(
            FIELDS.key(), field, "not a stored field; only stored fields make a passage");
      }
    }
    return fields;
  }

  private static Optional<Integer> maxWindows(SolrParams params) {
    String passage = params.get(PASSAGE.key(), "head");
    int most =
        ParameterValues.wholeNumber(MAX_WINDOWS, params, MAX_WINDOWS_CEILING)
            .orElse(MAX_WINDOWS_DEFAULT);
    return switch (passage) {
      case "head" -> Optional.empty();
      case "maxp" -> Optional.of(most);
      default -> throw ParameterValues.bad(PASSAGE.key(), passage, "head or maxp");
    };
  }
}
