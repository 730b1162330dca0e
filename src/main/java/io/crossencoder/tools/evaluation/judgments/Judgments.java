// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judgments.
 *
 * @param queries in the order of the file, each with at least one judgment
 * @param remarks notes for the user, which are not errors
 */
public record Judgments(List<JudgedQuery> queries, List<String> remarks) {

  public Judgments {
    queries = List.copyOf(queries);
    remarks = List.copyOf(remarks);
  }

  /** {@return the grades by document id, by the id of the query} */
  public Map<String, Map<String, Double>> grades() {
    return queries.stream().collect(Collectors.toMap(JudgedQuery::id, JudgedQuery::grades));
  }

  /**
   * Adds a note if some queries have no relevant document, because these queries lower all means.
   *
   * @param relevant lowest grade of a relevant document
   */
  public Judgments noting(double relevant) {
    long without =
        queries.stream()
            .filter(query -> query.grades().values().stream().noneMatch(grade -> grade >= relevant))
            .count();
    if (without == 0) {
      return this;
    }
    List<String> all = new ArrayList<>(remarks);
    all.add(without + " queries have no relevant document and lower all means");
    return new Judgments(queries, all);
  }

  /** {@return number of grades} */
  public int size() {
    return queries.stream().mapToInt(query -> query.grades().size()).sum();
  }
}
