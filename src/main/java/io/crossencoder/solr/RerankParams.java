// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.ScoreBlend;
import io.crossencoder.model.CrossEncoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
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
 */
record RerankParams(
    CrossEncoder model, Ordering ordering, Optional<Duration> reRankTimeout, OnFailure onFailure) {

  static final String MODEL = "model";
  static final String FIELDS = "fields";
  static final String QUERY = "query";
  static final String RE_RANK_DOCS = "reRankDocs";
  static final int RE_RANK_DOCS_DEFAULT = 50;
  static final String RE_RANK_TIMEOUT = "reRankTimeout";
  static final String ON_FAILURE = "onFailure";
  static final String MIN_SCORE = "minScore";

  /** All there are. Those that solrconfig may give a default are {@link #WITH_DEFAULT}. */
  private static final Set<String> OWN =
      Set.of(
          MODEL,
          FIELDS,
          QUERY,
          RE_RANK_DOCS,
          RE_RANK_TIMEOUT,
          ON_FAILURE,
          MIN_SCORE,
          BlendParams.BLEND,
          BlendParams.RE_RANK_WEIGHT,
          BlendParams.RE_RANK_OPERATOR);

  /** The query is the request's own. */
  static final Set<String> WITH_DEFAULT =
      OWN.stream().filter(name -> !name.equals(QUERY)).collect(Collectors.toUnmodifiableSet());

  /** What every parser of Solr understands. */
  private static final Set<String> SOLR = Set.of("type", "v", "cache", "cost", "tag");

  /**
   * What decides the order, but for the model and the text: equal where the order is.
   *
   * @param fields the stored fields that make the passage, in their order
   * @param reRankDocs how many candidates are rescored, on each shard
   * @param blend the final score of a candidate
   * @param minScore below which a rescored candidate leaves the result
   */
  record Ordering(
      List<String> fields, int reRankDocs, ScoreBlend blend, Optional<Float> minScore) {}

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
          .orElseThrow(() -> bad(ON_FAILURE, word, "firstPass or error"));
    }
  }

  /**
   * Reads and checks the parameters.
   *
   * @throws SolrException 400, with the name of the parameter and what is allowed
   */
  static RerankParams parse(
      SolrParams local, PluginConfig config, InstalledModels models, IndexSchema schema) {
    for (String name : (Iterable<String>) local::getParameterNamesIterator) {
      if (!OWN.contains(name) && !SOLR.contains(name)) {
        throw bad(
            name,
            local.get(name),
            "not a parameter of crossencoder; " + new TreeSet<>(OWN) + " are");
      }
    }
    SolrParams params = SolrParams.wrapDefaults(local, config.defaults());
    return new RerankParams(
        model(params.get(MODEL), models),
        new Ordering(
            fields(params.get(FIELDS), schema),
            wholeNumber(RE_RANK_DOCS, params, config.maxReRankDocs()).orElse(RE_RANK_DOCS_DEFAULT),
            BlendParams.parse(local, params, schema),
            number(MIN_SCORE, params)),
        wholeNumber(RE_RANK_TIMEOUT, params, Integer.MAX_VALUE).map(Duration::ofMillis),
        Optional.ofNullable(params.get(ON_FAILURE))
            .map(OnFailure::of)
            .orElse(OnFailure.FIRST_PASS));
  }

  private static CrossEncoder model(String name, InstalledModels models) {
    if (name == null) {
      throw bad(MODEL, "", "needed, as solrconfig has no default; " + models.describe());
    }
    return models
        .find(name)
        .orElseThrow(() -> bad(MODEL, name, "not an installed model; " + models.describe()));
  }

  private static List<String> fields(String names, IndexSchema schema) {
    if (names == null || names.isBlank()) {
      throw bad(FIELDS, "", "needed: the stored fields that make the passage, as title,overview");
    }
    List<String> fields = List.of(names.trim().split("[,\\s]+"));
    for (String field : fields) {
      SchemaField known = schema.getFieldOrNull(field);
      if (known == null) {
        throw bad(FIELDS, field, "not a field of the schema; a list of stored fields is allowed");
      }
      if (!known.stored()) {
        throw bad(FIELDS, field, "not a stored field; only stored fields make a passage");
      }
    }
    return fields;
  }

  private static Optional<Integer> wholeNumber(String name, SolrParams params, int most) {
    String value = params.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(value.trim());
      if (number >= 1 && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw bad(name, value, String.format(Locale.ROOT, "a whole number from 1 to %d", most));
  }

  /** A finite number, if there is one. */
  static Optional<Float> number(String name, SolrParams params) {
    String value = params.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      float number = Float.parseFloat(value.trim());
      if (Float.isFinite(number)) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // Said below, as for infinity.
    }
    throw bad(name, value, "a number, as 1.5 or -3");
  }

  static SolrException bad(String name, String value, String allowed) {
    return new SolrException(
        ErrorCode.BAD_REQUEST, "crossencoder: " + name + "='" + value + "': " + allowed);
  }
}
