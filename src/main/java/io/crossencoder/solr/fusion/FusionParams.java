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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;

/**
 * What one {@code {!rrf}} asks for, but for the lists themselves.
 *
 * @param names the request parameters with the lists, in order
 * @param weights of the lists
 * @param depth how many hits of each list count
 * @param method what a place in a list is worth
 */
record FusionParams(List<String> names, List<Float> weights, int depth, FusionMethod method) {

  private static final SortedSet<String> KEYS = Option.keys(FusionParameter.ALL);

  /** How much of a value its message repeats. */
  private static final int SHOWN = 100;

  /** What every parser of Solr understands. */
  private static final Set<String> SOLR = Set.of("type", "v", "cache", "cost", "tag");

  /**
   * Reads and checks the parameters.
   *
   * @param names what {@code queries} names
   * @param local those of the request
   * @param limits those of solrconfig.xml
   * @throws SolrException 400, with the name of the parameter and what is allowed
   */
  static FusionParams parse(List<String> names, SolrParams local, FusionLimits limits) {
    for (String key : (Iterable<String>) local::getParameterNamesIterator) {
      if (!KEYS.contains(key) && !SOLR.contains(key)) {
        throw bad(key, local.get(key), "unknown parameter; allowed: " + String.join(", ", KEYS));
      }
    }
    SolrParams params = SolrParams.wrapDefaults(local, limits.defaults());
    if (names.isEmpty() || names.size() > limits.maxQueries()) {
      throw bad(
          QUERIES.key(),
          String.join(",", names),
          "1 to " + limits.maxQueries() + " request parameters with a query each, as $lex,$vec");
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
    if (WEIGHTS.in(params) == null) {
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
          lists + " numbers from 0, one for each of the queries and not all 0, as 2,1");
    }
    return weights;
  }

  /** Null if it is none. */
  private static Float weight(String word) {
    try {
      float weight = Float.parseFloat(word);
      // Sums of it stay finite.
      return weight >= 0 && weight <= MAX_K ? weight : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static int wholeNumber(Option option, SolrParams params, int standard, int most) {
    String value = option.in(params);
    if (value == null) {
      return standard;
    }
    try {
      int number = Integer.parseInt(value.trim());
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw bad(option.key(), value, "an integer from 1 to " + most);
  }

  /** 400, with the name of the parameter and what is allowed. */
  static SolrException bad(String key, String value, String allowed) {
    return new SolrException(
        ErrorCode.BAD_REQUEST, "rrf: " + shown(key) + "='" + shown(value) + "': " + allowed);
  }

  private static String shown(String value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
