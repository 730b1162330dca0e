// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

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

  /** {@return number of grades} */
  public int size() {
    return queries.stream().mapToInt(query -> query.grades().size()).sum();
  }
}
