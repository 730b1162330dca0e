// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.OperatorBlend.Operator;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.Values;
import io.crossencoder.solr.rerank.RerankParams.OnFailure;
import io.crossencoder.solr.rerank.RerankParams.PassageMode;
import io.crossencoder.solr.rerank.RerankParams.Scope;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/** The parameters of a rerank and of what belongs to it, in requests and in solrconfig. */
public final class RerankParameter {

  /** The parser whose models and defaults are meant, if solrconfig names no other. */
  public static final String PARSER_NAME = "crossencoder";

  static final Option<String> MODEL =
      Option.open(
          "model",
          Values.text("a model of the core"),
          "of solrconfig, or the only installed model",
          "The name of a directory below `<solr home>/models`, or of a model in the model store.");

  /** What makes a passage. */
  public static final Option<String> FIELDS =
      Option.open(
          "fields",
          Values.text("stored fields, by comma or space"),
          "of solrconfig",
          "What makes the passage, in this order: `title,overview` → title, blank line, overview.");

  static final Option<String> QUERY =
      Option.open(
          "query",
          Values.text("text"),
          "",
          "The text for the model. Default: the parser's body, `{!crossencoder}text`; otherwise the"
              + " [words of `q`](#text-for-the-model).");

  /** How many hits are rescored. */
  public static final Option<Integer> RE_RANK_DOCS =
      new Option<>(
          "reRankDocs",
          Values.wholeNumber(1, Integer.MAX_VALUE).documented("1 to `maxReRankDocs` of solrconfig"),
          50,
          "How many of the best hits are rescored, of each shard or of the collection: see"
              + " `reRankScope`.");

  static final Option<String> BLEND =
      Option.open(
          "blend",
          Values.text("a formula"),
          "`ce`",
          "The final score, over `ce` (logit), `ceProb` (its sigmoid), `score` (first pass) and numeric"
              + " docValues fields.");

  static final Option<Operator> RE_RANK_OPERATOR =
      Option.open(
          "reRankOperator",
          Values.oneOf(List.of(Operator.values()), RerankParameter::lowerCase),
          "",
          "With Solr's meaning; given alone, `reRankWeight` is 2. Not together with `blend`.");

  static final Option<Float> RE_RANK_WEIGHT =
      Option.open(
          "reRankWeight",
          Values.NUMBER,
          "",
          "With Solr's meaning; given alone, `reRankOperator` is `add`. Not together with `blend`.");

  static final Option<Integer> RE_RANK_TIMEOUT =
      Option.open(
          "reRankTimeout",
          Values.wholeNumber(1, Integer.MAX_VALUE).documented("milliseconds, from 1"),
          "none",
          "What is scored by then stands on top, the rest follows in first-pass order.");

  static final Option<OnFailure> ON_FAILURE =
      new Option<>(
          "onFailure",
          Values.oneOf(List.of(OnFailure.values()), OnFailure::word),
          OnFailure.FIRST_PASS,
          "`error`: a failing model is a 500 and a full queue a 503, instead of the first-pass order.");

  static final Option<PassageMode> PASSAGE =
      new Option<>(
          "passage",
          Values.oneOf(List.of(PassageMode.values()), RerankParameter::lowerCase),
          PassageMode.HEAD,
          "What is read of a long document: its beginning, the best of its windows, or the best value"
              + " of a multiValued field.");

  static final Option<Integer> MAX_WINDOWS =
      new Option<>(
          "maxWindows",
          Values.wholeNumber(1, 64).documented("1 to 64"),
          8,
          "With `maxp` or `max`, how many windows or values of a document are scored at most.");

  static final Option<Scope> RE_RANK_SCOPE =
      new Option<>(
          "reRankScope",
          Values.oneOf(List.of(Scope.values()), RerankParameter::lowerCase),
          Scope.SHARD,
          "In SolrCloud, whose best `reRankDocs`: each shard's own, or those of the collection.");

  static final Option<Float> MIN_SCORE =
      Option.open(
          "minScore",
          Values.NUMBER,
          "none",
          "Only hits with at least this final score stay. Hits behind the window and unscored hits"
              + " leave, too. `numFound` counts what stays, `removed` of the section what left;"
              + " facets are of all hits.");

  /** Those of a request, in the order of the reference. */
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

  /** The names of these. */
  public static final SortedSet<String> KEYS = Option.keys(ALL);

  /** The names of those that solrconfig may give a default: the query is the request's own. */
  static final SortedSet<String> KEYS_WITH_DEFAULT =
      Option.keys(ALL.stream().filter(each -> !each.equals(QUERY)).toList());

  /** The names of those that decide a logit, for the transformer and the function. */
  static final SortedSet<String> KEYS_OF_A_LOGIT =
      Option.keys(List.of(QUERY, MODEL, FIELDS, PASSAGE, MAX_WINDOWS));

  static final Option<Boolean> TAIL =
      new Option<>("tail", Values.FLAG, false, "A logit for hits behind the rerank window too.");

  static final Option<Boolean> WINDOW =
      new Option<>(
          "window",
          Values.FLAG,
          false,
          "With `passage=maxp` or `max`: the text of the window or value that won.");

  /** The transformer's own, beside those that decide a logit. */
  public static final List<Option<?>> OF_THE_TRANSFORMER = List.of(TAIL, WINDOW);

  static final Option<String> AS =
      new Option<>(
          "as",
          Values.oneOf(List.of("logit", "probability"), word -> word),
          "logit",
          "Which number the function gives.");

  /** The function's own, beside those that decide a logit. */
  public static final List<Option<?>> OF_THE_FUNCTION = List.of(AS);

  static final Option<String> PARSER =
      Option.open(
          "parser",
          Values.text("the name of a queryParser"),
          "`" + PARSER_NAME + "`",
          "Of the transformer and of the function: whose models and defaults are meant.");

  /** Those of the transformer and of the function, in solrconfig. */
  public static final List<Option<?>> OF_THEIR_PLUGINS = List.of(PARSER);

  static final Option<Integer> MAX_RE_RANK_DOCS =
      new Option<>(
          "maxReRankDocs",
          Values.wholeNumber(1, Integer.MAX_VALUE),
          1000,
          "The most `reRankDocs` that a request may ask for, and the most documents that it may"
              + " score by the function.");

  static final Option<Integer> MAX_QUERY_LENGTH =
      new Option<>(
          "maxQueryLength",
          Values.wholeNumber(1, Integer.MAX_VALUE),
          10_000,
          "The most characters of the text for the model. A longer text is cut.");

  static final Option<String> MODELS =
      Option.open(
          "models",
          Values.text("a `<lst>` with a `<lst>` of options for each model"),
          "all that are installed",
          "Which models of `<solr home>/models` to load, and how; none of them if it is empty.");

  /** The parser's own in solrconfig, beside the defaults of a request's parameters. */
  public static final List<Option<?>> OF_THE_PARSER =
      List.of(MODELS, MAX_RE_RANK_DOCS, MAX_QUERY_LENGTH);

  private RerankParameter() {}

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
