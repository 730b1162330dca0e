// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;

/**
 * The settings of the parser in {@code solrconfig.xml}.
 *
 * @param defaults defaults of request parameters
 * @param maxDepth maximum depth of a request
 * @param maxQueries maximum number of queries of a request
 */
record FusionLimits(SolrParams defaults, int maxDepth, int maxQueries) {

  private static final int MAX_DEPTH_DEFAULT = 1000;
  private static final int MAX_QUERIES_DEFAULT = 5;
  private static final int CEILING = 10_000;

  /** Parses and checks the settings; an error prevents the core from loading. */
  static FusionLimits parse(NamedList<?> args) {
    ModifiableSolrParams given = new ModifiableSolrParams();
    args.forEach((key, value) -> given.add(key, String.valueOf(value)));
    int maxDepth =
        FusionParams.wholeNumber(FusionParameter.MAX_DEPTH, given, MAX_DEPTH_DEFAULT, CEILING);
    int maxQueries =
        FusionParams.wholeNumber(FusionParameter.MAX_QUERIES, given, MAX_QUERIES_DEFAULT, 50);
    FusionParameter.LIMITS.forEach(limit -> given.remove(limit.key()));
    for (String key : given.getParameterNames()) {
      if (!FusionParameter.WITH_DEFAULT.contains(key)) {
        throw FusionParams.bad(
            key,
            given.get(key),
            "unknown in solrconfig.xml; allowed: depth, algorithm, k, maxDepth, maxQueries");
      }
    }
    FusionParams.depth(given, maxDepth);
    FusionParams.method(given);
    return new FusionLimits(given, maxDepth, maxQueries);
  }
}
