// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.measures.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The summary of an evaluation.
 *
 * @param rows all configurations of the first group, then of the next one
 */
record Summary(List<Row> rows) {

  /**
   * A configuration over a group of queries.
   *
   * @param queries number of queries
   */
  record Row(Group group, Results results, int queries, Map<Measure, Comparison> comparisons) {

    boolean isFirstPass() {
      return results.configuration().rerank().isEmpty();
    }

    double queryMillis(double part) {
      return results.queryMillis(part, group);
    }

    Comparison of(Measure measure) {
      return comparisons.get(measure);
    }
  }

  /** Compares all configurations with the first pass. */
  static Summary of(Evaluation evaluation, long seed) {
    List<Row> rows = new ArrayList<>();
    for (Group group : evaluation.groups()) {
      for (Results results : evaluation.results()) {
        Map<Measure, Comparison> comparisons = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
          comparisons.put(
              measure, Comparison.of(results, evaluation.firstPass(), measure, group, seed));
        }
        int queries = results.values(Measure.NDCG, group).length;
        rows.add(new Row(group, results, queries, comparisons));
      }
    }
    return new Summary(List.copyOf(rows));
  }

  List<Row> of(Group group) {
    return rows.stream().filter(row -> row.group().equals(group)).toList();
  }
}
