// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.Candidate;
import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.model.Scores;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.util.NamedList;

/**
 * The costs of a reranking.
 *
 * @param byName counts and durations in the order of the response
 */
record SectionCosts(Map<String, Number> byName) {

  private static final String CANDIDATES = "candidates";
  private static final String FIRST_PASS_CUTOFF = "firstPassCutoff";
  private static final String SCORED = "scored";
  private static final String CACHED = "cached";
  private static final String ELAPSED_MS = "elapsedMs";

  /** Number of hits that {@code minScore} removed. */
  static final String REMOVED = "removed";

  static final SectionCosts NONE = new SectionCosts(Map.of());

  /** The costs of a page without hits. */
  static final SectionCosts OF_NO_HITS = new SectionCosts(Map.of(CANDIDATES, 0));

  static SectionCosts of(RescoreResult result) {
    Scores scores = result.scores();
    Map<String, Number> costs = new LinkedHashMap<>();
    costs.put(CANDIDATES, result.candidates().size());
    result.candidates().stream()
        .max(Comparator.comparingInt(Candidate::firstPassRank))
        .ifPresent(last -> costs.put(FIRST_PASS_CUTOFF, last.firstPassScore()));
    costs.put(SCORED, scores.scored());
    costs.put(CACHED, scores.work().cached());
    if (scores.work().shared() > 0) {
      costs.put("shared", scores.work().shared());
    }
    costs.put("truncated", truncated(scores));
    if (result.empty() > 0) {
      costs.put("empty", result.empty());
    }
    if (scores.work().windows() > 0) {
      costs.put("windows", scores.work().windows());
    }
    costs.put("tokens", scores.work().tokens());
    costs.put("batches", scores.work().batches());
    costs.put("inferenceMs", milliseconds(scores.work().inferenceNanos()));
    costs.put(ELAPSED_MS, milliseconds(result.elapsedNanos()));
    return new SectionCosts(costs);
  }

  private static int truncated(Scores scores) {
    int truncated = 0;
    for (boolean each : scores.truncated()) {
      truncated += each ? 1 : 0;
    }
    return truncated;
  }

  /** In milliseconds with two decimals. */
  private static double milliseconds(long nanos) {
    return Math.round(nanos * 100.0 / TimeUnit.MILLISECONDS.toNanos(1)) / 100.0;
  }

  /** Parses the costs in a response. */
  static SectionCosts read(NamedList<?> written) {
    Map<String, Number> costs = new LinkedHashMap<>();
    written.forEach(
        (name, value) -> {
          if (value instanceof Number number && !name.startsWith(ResponseSection.SHARDS)) {
            costs.put(name, number);
          }
        });
    return new SectionCosts(costs);
  }

  boolean isOfNoHits() {
    return Integer.valueOf(0).equals(byName.get(CANDIDATES));
  }

  /** 0 if nothing was rescored. */
  double elapsedMs() {
    return byName.getOrDefault(ELAPSED_MS, 0).doubleValue();
  }

  SectionCosts removed(int hits) {
    Map<String, Number> all = new LinkedHashMap<>(byName);
    all.put(REMOVED, hits);
    return new SectionCosts(all);
  }

  /** Merges two costs: sums, except for the cutoff (minimum) and the duration (maximum). */
  SectionCosts and(SectionCosts other) {
    Map<String, Number> all = new LinkedHashMap<>(byName);
    other.byName.forEach((name, cost) -> all.merge(name, cost, (a, b) -> merge(name, a, b)));
    return new SectionCosts(all);
  }

  private static Number merge(String name, Number one, Number other) {
    if (name.equals(FIRST_PASS_CUTOFF)) {
      return Math.min(one.floatValue(), other.floatValue());
    }
    if (name.equals(ELAPSED_MS)) {
      return Math.max(one.doubleValue(), other.doubleValue());
    }
    return one instanceof Integer && other instanceof Integer
        ? (Number) (one.intValue() + other.intValue())
        : (Number) (Math.round((one.doubleValue() + other.doubleValue()) * 100) / 100.0);
  }

  void writeTo(NamedList<Object> section) {
    byName.forEach(section::add);
  }

  /** Short form for Solr's request log. */
  String toLog() {
    StringBuilder line = new StringBuilder();
    if (byName.containsKey(CANDIDATES)) {
      line.append(',').append(byName.getOrDefault(SCORED, 0)).append('/');
      line.append(byName.get(CANDIDATES));
    }
    if (byName.containsKey(CACHED)) {
      line.append(",cached=").append(byName.get(CACHED));
    }
    if (byName.containsKey(ELAPSED_MS)) {
      line.append(String.format(Locale.ROOT, ",%.1fms", elapsedMs()));
    }
    return line.toString();
  }
}
