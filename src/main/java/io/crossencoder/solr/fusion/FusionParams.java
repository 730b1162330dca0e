// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import static io.crossencoder.solr.fusion.FusionParameter.ALGORITHM;
import static io.crossencoder.solr.fusion.FusionParameter.DEPTH;
import static io.crossencoder.solr.fusion.FusionParameter.DEPTH_DEFAULT;
import static io.crossencoder.solr.fusion.FusionParameter.K;
import static io.crossencoder.solr.fusion.FusionParameter.K_DEFAULT;
import static io.crossencoder.solr.fusion.FusionParameter.MAX_K;
import static io.crossencoder.solr.fusion.FusionParameter.QUERIES;
import static io.crossencoder.solr.fusion.FusionParameter.WEIGHTS;

import io.crossencoder.solr.fusion.FusionMethod.MinMaxScore;
import io.crossencoder.solr.fusion.FusionMethod.ReciprocalRank;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.SolrParams;

/**
 * The parameters of one {@code {!rrf}}, without the queries themselves.
 *
 * @param names names of the request parameters with the queries, in order
 * @param weights weights of the queries
 * @param depth number of hits per query
 * @param method fusion method
 */
record FusionParams(List<String> names, List<Float> weights, int depth, FusionMethod method) {

  private static final SortedSet<String> KEYS = Option.keys(FusionParameter.ALL);

  /**
   * Parses and checks the parameters.
   *
   * @param names names in {@code queries}
   * @param local local parameters of the request
   * @param limits settings in {@code solrconfig.xml}
   * @throws SolrException 400 with the name of the parameter and the valid values
   */
  static FusionParams parse(List<String> names, SolrParams local, FusionLimits limits) {
    for (String key : (Iterable<String>) local::getParameterNamesIterator) {
      if (!KEYS.contains(key) && !ParameterValues.OF_EVERY_PARSER.contains(key)) {
        throw bad(
            key, local.get(key), "unknown parameter; valid parameters: " + String.join(", ", KEYS));
      }
    }
    SolrParams params = SolrParams.wrapDefaults(local, limits.defaults());
    if (names.isEmpty() || names.size() > limits.maxQueries()) {
      throw bad(
          QUERIES.key(),
          String.join(",", names),
          "1 to "
              + limits.maxQueries()
              + " names of request parameters with a query each, such as $lex,$vec");
    }
    return new FusionParams(
        names, weights(params, names.size()), depth(params, limits.maxDepth()), method(params));
  }

  static int depth(SolrParams params, int most) {
    return wholeNumber(DEPTH, params, Math.min(DEPTH_DEFAULT, most), most);
  }

  static FusionMethod method(SolrParams params) {
    int k = wholeNumber(K, params, K_DEFAULT, MAX_K);
    String algorithm = params.get(ALGORITHM.key(), "rrf");
    return switch (algorithm) {
      case "rrf" -> new ReciprocalRank(k);
      case "linear" -> new MinMaxScore();
      default -> throw bad(ALGORITHM.key(), algorithm, "rrf or linear");
    };
  }

  private static List<Float> weights(SolrParams params, int lists) {
    if (params.get(WEIGHTS.key()) == null) {
      return Collections.nCopies(lists, 1f);
    }
    String given = String.join(",", params.getParams(WEIGHTS.key()));
    List<Float> weights = new ArrayList<>();
    for (String word : given.split(",", -1)) {
      weights.add(weight(word.trim()));
    }
    if (weights.size() != lists
        || weights.contains(null)
        || weights.stream().allMatch(w -> w == 0)) {
      throw bad(
          WEIGHTS.key(),
          given,
          lists + " numbers, one per query, 0 or greater and not all 0, such as 2,1");
    }
    return weights;
  }

  /** Null if the word is not a valid weight. */
  private static Float weight(String word) {
    try {
      float weight = Float.parseFloat(word);
      // The limit keeps the sums finite.
      return weight >= 0 && weight <= MAX_K ? weight : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static int wholeNumber(Option<?> option, SolrParams params, int standard, int most) {
    String value = params.get(option.key());
    if (value == null) {
      return standard;
    }
    Values<Integer> range = Values.wholeNumber(1, most);
    return range.read().apply(value).orElseThrow(() -> bad(option.key(), value, range.words()));
  }

  /** An HTTP 400 error with the name of the parameter and the valid values. */
  static SolrException bad(String key, String value, String allowed) {
    return ParameterValues.bad("rrf", key, value, allowed);
  }
}
