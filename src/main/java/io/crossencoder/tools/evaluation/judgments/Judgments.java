// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.util.List;

/**
 * A file of judgments.
 *
 * @param queries in the order of the file, each with at least one judgment
 * @param remarks what a reader should know, but which makes nothing wrong
 */
public record Judgments(List<JudgedQuery> queries, List<String> remarks) {

  public Judgments {
    queries = List.copyOf(queries);
    remarks = List.copyOf(remarks);
  }

  public int size() {
    return queries.stream().mapToInt(query -> query.grades().size()).sum();
  }
}
