// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import io.crossencoder.solr.options.Option;
import java.util.List;
import java.util.SortedSet;

/** The local parameters of {@code {!rrf}}, and what solrconfig.xml may set. */
public final class FusionParameter {

  static final int DEPTH_DEFAULT = 100;
  static final int K_DEFAULT = 60;
  static final int MAX_K = 1_000_000;

  static final Option QUERIES =
      new Option(
          "queries",
          "",
          "names of request parameters, as `$lex,$vec`",
          "The queries to fuse, at most `maxQueries`. They are numbered in this order.");

  static final Option DEPTH =
      new Option(
          "depth",
          "" + DEPTH_DEFAULT,
          "1 to `maxDepth`",
          "How many of the best hits of each query count.");

  static final Option ALGORITHM =
      new Option(
          "algorithm",
          "`rrf`",
          "`rrf`, `linear`",
          "`rrf`: the sum of 1/(k + rank). `linear`: the sum of the scores, scaled to 0…1 per query.");

  static final Option K =
      new Option(
          "k",
          "" + K_DEFAULT,
          "1 to " + MAX_K,
          "With `rrf`: the larger, the less the first ranks stand out.");

  static final Option WEIGHTS =
      new Option(
          "weights",
          "1 each",
          "a number from 0 per query, as `2,1`",
          "What the part of each query is multiplied by.");

  static final Option MAX_DEPTH =
      new Option("maxDepth", "1000", "1 to 10000", "The largest `depth` that a request may set.");

  static final Option MAX_QUERIES =
      new Option("maxQueries", "5", "1 to 50", "The most queries that a request may fuse.");

  /** Those of a request, in the order of the reference. */
  public static final List<Option> ALL = List.of(QUERIES, DEPTH, ALGORITHM, K, WEIGHTS);

  /** Those of a request that solrconfig.xml may give a default. */
  static final SortedSet<String> WITH_DEFAULT = Option.keys(List.of(DEPTH, ALGORITHM, K));

  /** Limits that only solrconfig.xml sets. */
  public static final List<Option> LIMITS = List.of(MAX_DEPTH, MAX_QUERIES);

  private FusionParameter() {}
}
