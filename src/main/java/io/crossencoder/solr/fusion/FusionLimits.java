// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import java.util.List;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;

/**
 * What solrconfig.xml says of the parser.
 *
 * @param defaults for parameters that a request leaves out
 * @param maxDepth the largest depth of a request
 * @param maxQueries the most lists of a request
 */
record FusionLimits(SolrParams defaults, int maxDepth, int maxQueries) {

  static final String MAX_DEPTH = "maxDepth";
  static final String MAX_QUERIES = "maxQueries";

  /** The parameters that may have a default: the lists and their weights are the request's own. */
  private static final List<String> DEFAULTS =
      List.of(FusionParams.DEPTH, FusionParams.ALGORITHM, FusionParams.K);

  private static final int MAX_DEPTH_DEFAULT = 1000;
  private static final int MAX_QUERIES_DEFAULT = 5;
  private static final int CEILING = 10_000;

  /** Reads them; what is wrong is said when the core loads. */
  static FusionLimits parse(NamedList<?> args) {
    ModifiableSolrParams given = new ModifiableSolrParams();
    args.forEach((key, value) -> given.add(key, String.valueOf(value)));
    int maxDepth = FusionParams.wholeNumber(MAX_DEPTH, given, MAX_DEPTH_DEFAULT, CEILING);
    int maxQueries = FusionParams.wholeNumber(MAX_QUERIES, given, MAX_QUERIES_DEFAULT, 50);
    given.remove(MAX_DEPTH);
    given.remove(MAX_QUERIES);
    for (String key : given.getParameterNames()) {
      if (!DEFAULTS.contains(key)) {
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
