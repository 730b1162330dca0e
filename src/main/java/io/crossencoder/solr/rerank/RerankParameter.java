// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.options.Option;
import java.util.List;
import java.util.SortedSet;

/** The local parameters of {@code {!crossencoder}}. */
public final class RerankParameter {

  static final Option MODEL =
      new Option(
          "model",
          "of solrconfig",
          "a model of the core",
          "The name of a directory below `<solr home>/models`, or of a model in the model store.");

  public static final Option FIELDS =
      new Option(
          "fields",
          "of solrconfig",
          "stored fields, by comma or space",
          "What makes the passage, in this order: `title,overview` → title, blank line, overview.");

  static final Option QUERY =
      new Option(
          "query",
          "",
          "text",
          "The text for the model. Default: the parser's body, `{!crossencoder}text`; otherwise the"
              + " [words of `q`](#the-text-for-the-model).");

  public static final Option RE_RANK_DOCS =
      new Option(
          "reRankDocs",
          "" + RerankParams.RE_RANK_DOCS_DEFAULT,
          "1 to `maxReRankDocs` of solrconfig",
          "How many of the best hits are rescored, of each shard or of the collection: see"
              + " `reRankScope`.");

  static final Option BLEND =
      new Option(
          "blend",
          "`ce`",
          "a formula",
          "The final score, over `ce` (logit), `ceProb` (its sigmoid), `score` (first pass) and numeric"
              + " docValues fields.");

  static final Option RE_RANK_OPERATOR =
      new Option(
          "reRankOperator",
          "",
          "`add`, `multiply`, `replace`",
          "With Solr's meaning; given alone, `reRankWeight` is 2. Not together with `blend`.");

  static final Option RE_RANK_WEIGHT =
      new Option(
          "reRankWeight",
          "",
          "a number",
          "With Solr's meaning; given alone, `reRankOperator` is `add`. Not together with `blend`.");

  static final Option RE_RANK_TIMEOUT =
      new Option(
          "reRankTimeout",
          "none",
          "milliseconds, from 1",
          "What is scored by then stands on top, the rest follows in first-pass order.");

  static final Option ON_FAILURE =
      new Option(
          "onFailure",
          "`firstPass`",
          "`firstPass`, `error`",
          "`error`: a failing model is a 500 and a full queue a 503, instead of the first-pass order.");

  static final Option PASSAGE =
      new Option(
          "passage",
          "`head`",
          "`head`, `maxp`",
          "What is read of a long document: its beginning, or the best of its windows.");

  static final Option MAX_WINDOWS =
      new Option(
          "maxWindows",
          "" + RerankParams.MAX_WINDOWS_DEFAULT,
          "1 to " + RerankParams.MAX_WINDOWS_CEILING,
          "With `maxp`, how many windows of a document are scored at most.");

  static final Option RE_RANK_SCOPE =
      new Option(
          "reRankScope",
          "`shard`",
          "`shard`, `global`",
          "In SolrCloud, whose best `reRankDocs`: each shard's own, or those of the collection.");

  static final Option MIN_SCORE =
      new Option(
          "minScore",
          "none",
          "a number",
          "Rescored hits with a lower final score leave the page; `numFound` and facets count them"
              + " still.");

  /** All, in the order of the reference. */
  public static final List<Option> ALL =
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

  /** The names of all. */
  public static final SortedSet<String> KEYS = Option.keys(ALL);

  /** The names of those that solrconfig may give a default: the query is the request's own. */
  static final SortedSet<String> KEYS_WITH_DEFAULT =
      Option.keys(ALL.stream().filter(each -> !each.equals(QUERY)).toList());

  private RerankParameter() {}
}
