// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.lucene.OperatorBlend.Operator;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.Values;
import io.crossencoder.solr.parameters.RerankParams.OnFailure;
import io.crossencoder.solr.parameters.RerankParams.PassageMode;
import io.crossencoder.solr.parameters.RerankParams.Scope;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** The parameters of reranking, in requests and as defaults in {@code solrconfig.xml}. */
public final class RerankParameter {

  /**
   * Name of the parser whose models and defaults are used, unless {@code solrconfig.xml} sets
   * another one.
   */
  public static final String PARSER_NAME = "crossencoder";

  public static final Option<String> MODEL =
      Option.open(
          "model",
          Values.text("model of the core"),
          "from `solrconfig.xml`, or the only installed model",
          "Name of a directory in `SOLR_HOME/models`, or of a model in the model store.");

  /** The fields of the passage. */
  public static final Option<String> FIELDS =
      Option.open(
          "fields",
          Values.text("comma- or space-separated list of stored fields"),
          "from `solrconfig.xml`",
          "Fields that form the passage, in this order: `title,overview` → title, blank line, overview.");

  public static final Option<String> QUERY =
      Option.open(
          "query",
          Values.text("text"),
          "",
          "Query text for the model. Default: the body of the parser, `{!crossencoder}text`, otherwise the"
              + " [words of `q`](#text-for-the-model).");

  /** Number of candidates. */
  public static final Option<Integer> RE_RANK_DOCS =
      new Option<>(
          "reRankDocs",
          Values.wholeNumber(1, Integer.MAX_VALUE).documented("integer from 1 to `maxReRankDocs`"),
          50,
          "Number of candidates: the top N documents of the first pass, per shard or of the collection"
              + " (`reRankScope`).");

  static final Option<String> BLEND =
      Option.open(
          "blend",
          Values.text("formula"),
          "`ce`",
          "Formula for the final score. Variables: `ce` (logit), `ceProb` (sigmoid of the logit), `score`"
              + " (first-pass score) and numeric fields with docValues.");

  static final Option<Operator> RE_RANK_OPERATOR =
      Option.open(
          "reRankOperator",
          Values.oneOf(List.of(Operator.values()), RerankParameter::lowerCase),
          "",
          "As in Solr's `{!rerank}`. If only this parameter is set, `reRankWeight` is 2. Cannot be combined"
              + " with `blend`.");

  static final Option<Float> RE_RANK_WEIGHT =
      Option.open(
          "reRankWeight",
          Values.NUMBER,
          "",
          "As in Solr's `{!rerank}`. If only this parameter is set, `reRankOperator` is `add`. Cannot be"
              + " combined with `blend`.");

  static final Option<Integer> RE_RANK_TIMEOUT =
      Option.open(
          "reRankTimeout",
          Values.wholeNumber(1, Integer.MAX_VALUE).documented("milliseconds, 1 or greater"),
          "none",
          "Time limit for reranking. Candidates scored within it come first, the others follow in"
              + " first-pass order.");

  static final Option<OnFailure> ON_FAILURE =
      new Option<>(
          "onFailure",
          Values.oneOf(List.of(OnFailure.values()), OnFailure::word),
          OnFailure.FIRST_PASS,
          "`firstPass`: if the model fails or the queue is full, return the first-pass order. `error`:"
              + " return HTTP 500 or 503 instead.");

  static final Option<PassageMode> PASSAGE =
      new Option<>(
          "passage",
          Values.oneOf(List.of(PassageMode.values()), RerankParameter::lowerCase),
          PassageMode.HEAD,
          "Part of a document that the model scores: its beginning (`head`), its highest-scoring passage"
              + " window (`maxp`), or the highest-scoring value of a multiValued field (`max`).");

  static final Option<Integer> MAX_WINDOWS =
      new Option<>(
          "maxWindows",
          Values.wholeNumber(1, 64).documented("integer from 1 to 64"),
          8,
          "Maximum number of windows (`maxp`) or values (`max`) that are scored per document.");

  public static final Option<Scope> RE_RANK_SCOPE =
      new Option<>(
          "reRankScope",
          Values.oneOf(List.of(Scope.values()), RerankParameter::lowerCase),
          Scope.SHARD,
          "In SolrCloud: rerank the top `reRankDocs` of each shard, or those of the whole collection.");

  static final Option<Float> MIN_SCORE =
      Option.open(
          "minScore",
          Values.NUMBER,
          "none",
          "Remove documents with a lower final score, and all documents that were not reranked or not"
              + " scored. `numFound` counts the remaining documents, `removed` in the response section the"
              + " removed ones. Facets count all documents.");

  /** The parameters of a request, in the order of the reference. */
  public static final List<Option<?>> ALL =
      List.of(
          MODEL,
          FIELDS,
          QUERY,
          RE_RANK_DOCS,
          BLEND,
          RE_RANK_OPERATOR,
          RE_RANK_WEIGHT,
          RE_RANK_TIMEOUT,
          ON_FAILURE,
          PASSAGE,
          MAX_WINDOWS,
          RE_RANK_SCOPE,
          MIN_SCORE);

  /** The keys of these parameters. */
  public static final SortedSet<String> KEYS = Option.keys(ALL);

  /** The keys that can have a default in {@code solrconfig.xml}: all except the query. */
  static final SortedSet<String> KEYS_WITH_DEFAULT =
      Option.keys(ALL.stream().filter(each -> !each.equals(QUERY)).toList());

  /** The keys that determine a logit, for the transformer and the function. */
  public static final SortedSet<String> KEYS_OF_A_LOGIT =
      Option.keys(List.of(QUERY, MODEL, FIELDS, PASSAGE, MAX_WINDOWS));

  private RerankParameter() {}

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
