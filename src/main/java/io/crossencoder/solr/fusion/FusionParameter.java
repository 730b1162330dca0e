// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.Values;
import java.util.List;
import java.util.SortedSet;

/** The local parameters of {@code {!rrf}} and the settings in {@code solrconfig.xml}. */
public final class FusionParameter {

  static final int DEPTH_DEFAULT = 100;
  static final int K_DEFAULT = 60;
  static final int MAX_K = 1_000_000;

  static final Option<String> QUERIES =
      Option.open(
          "queries",
          Values.text("list of request parameters, such as `$lex,$vec`"),
          "",
          "Queries to fuse, at most `maxQueries`. They are numbered in this order.");

  static final Option<String> DEPTH =
      Option.open(
          "depth",
          Values.text("1 to `maxDepth`"),
          "" + DEPTH_DEFAULT,
          "Number of top documents of each query that are fused.");

  static final Option<String> ALGORITHM =
      Option.open(
          "algorithm",
          Values.text("`rrf`, `linear`"),
          "`rrf`",
          "`rrf`: the sum of 1/(k + rank). `linear`: the sum of the scores, scaled to 0…1 per query.");

  static final Option<String> K =
      Option.open(
          "k",
          Values.text("1 to " + MAX_K),
          "" + K_DEFAULT,
          "With `rrf`: the larger this value, the smaller the advantage of the first ranks.");

  static final Option<String> WEIGHTS =
      Option.open(
          "weights",
          Values.text("one number per query, 0 or greater, such as `2,1`"),
          "1 each",
          "Factors for the contributions of the queries.");

  static final Option<String> MAX_DEPTH =
      Option.open("maxDepth", Values.text("1 to 10000"), "1000", "Maximum `depth` of a request.");

  static final Option<String> MAX_QUERIES =
      Option.open(
          "maxQueries", Values.text("1 to 50"), "5", "Maximum number of queries per request.");

  /** The request parameters in the order of the reference. */
  public static final List<Option<?>> ALL = List.of(QUERIES, DEPTH, ALGORITHM, K, WEIGHTS);

  /** The request parameters that can have a default in {@code solrconfig.xml}. */
  static final SortedSet<String> WITH_DEFAULT = Option.keys(List.of(DEPTH, ALGORITHM, K));

  /** Limits, only in {@code solrconfig.xml}. */
  public static final List<Option<?>> LIMITS = List.of(MAX_DEPTH, MAX_QUERIES);

  private FusionParameter() {}
}
