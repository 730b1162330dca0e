// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.solr.common.params.SolrParams;

/**
 * The local parameters of {@code {!crossencoder}}: the one place where they are named, and the
 * source of their table in {@code docs/parameters.md}.
 */
enum RerankParameter {
  MODEL(
      "model",
      "of solrconfig",
      "a model of the core",
      "The name of a directory below `<solr home>/models`, or of a model in the model store."),
  FIELDS(
      "fields",
      "of solrconfig",
      "stored fields, by comma or space",
      "What makes the passage, in this order: `title,overview` → title, blank line, overview."),
  QUERY(
      "query",
      "",
      "text, up to `maxQueryLength` of solrconfig (10,000 characters)",
      "The text for the model; else the parser's body, `{!crossencoder}text`; else `q` without its"
          + " local parameters."),
  RE_RANK_DOCS(
      "reRankDocs",
      "50",
      "1 to `maxReRankDocs` of solrconfig",
      "How many of the best hits are rescored, of each shard or of the collection: see"
          + " `reRankScope`."),
  BLEND(
      "blend",
      "`ce`",
      "a formula",
      "The final score, over `ce` (logit), `ceProb` (its sigmoid), `score` (first pass) and numeric"
          + " docValues fields."),
  RE_RANK_OPERATOR(
      "reRankOperator",
      "",
      "`add`, `multiply`, `replace`",
      "With Solr's meaning; given alone, `reRankWeight` is 2. Not together with `blend`."),
  RE_RANK_WEIGHT(
      "reRankWeight",
      "",
      "a number",
      "With Solr's meaning; given alone, `reRankOperator` is `add`. Not together with `blend`."),
  RE_RANK_TIMEOUT(
      "reRankTimeout",
      "none",
      "milliseconds, from 1",
      "What is scored by then stands on top, the rest follows in first-pass order."),
  ON_FAILURE(
      "onFailure",
      "`firstPass`",
      "`firstPass`, `error`",
      "`error`: a failing model is a 500 and a full queue a 503, instead of the first-pass order."),
  PASSAGE(
      "passage",
      "`head`",
      "`head`, `maxp`",
      "What is read of a long document: its beginning, or the best of its windows."),
  MAX_WINDOWS(
      "maxWindows",
      "8",
      "1 to 64",
      "With `maxp`, how many windows of a document are scored at most."),
  RE_RANK_SCOPE(
      "reRankScope",
      "`shard`",
      "`shard`, `global`",
      "In SolrCloud, whose best `reRankDocs`: each shard's own, or those of the collection."),
  MIN_SCORE(
      "minScore",
      "none",
      "a number",
      "Rescored hits with a lower final score leave the page; `numFound` and facets count them"
          + " still.");

  /** The names of all. */
  static final Set<String> KEYS =
      Arrays.stream(values()).map(each -> each.key).collect(Collectors.toUnmodifiableSet());

  /** The names of those that solrconfig may give a default: the query is the request's own. */
  static final Set<String> KEYS_WITH_DEFAULT =
      KEYS.stream().filter(key -> !key.equals(QUERY.key)).collect(Collectors.toUnmodifiableSet());

  /** As requests and solrconfig spell it. */
  final String key;

  /** What holds where neither says anything; empty where there is nothing to say. */
  final String standard;

  /** What may be given. */
  final String allowed;

  /** What it does, in Markdown. */
  final String meaning;

  RerankParameter(String key, String standard, String allowed, String meaning) {
    this.key = key;
    this.standard = standard;
    this.allowed = allowed;
    this.meaning = meaning;
  }

  /** Its value among others, null if there is none. */
  String in(SolrParams params) {
    return params.get(key);
  }
}
