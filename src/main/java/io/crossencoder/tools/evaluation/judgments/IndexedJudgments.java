// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Removes judgments of documents that are not in the index: no ranking can contain them, so they
 * would lower all numbers equally.
 */
public final class IndexedJudgments {
  private final double relevant;
  private int missing;
  private int missingRelevant;

  private IndexedJudgments(double relevant) {
    this.relevant = relevant;
  }

  /**
   * Removes the judgments, with a note if there were any.
   *
   * @param indexed returns the documents of a query that are in the index
   * @param relevant lowest grade of a relevant document
   */
  public static Judgments of(
      Judgments judgments, Function<JudgedQuery, Set<String>> indexed, double relevant) {
    IndexedJudgments counts = new IndexedJudgments(relevant);
    List<JudgedQuery> queries = new ArrayList<>();
    for (JudgedQuery query : judgments.queries()) {
      Map<String, Double> grades = counts.without(query.grades(), indexed.apply(query));
      if (!grades.isEmpty()) {
        queries.add(new JudgedQuery(query.id(), query.text(), grades));
      }
    }
    List<String> remarks = new ArrayList<>(judgments.remarks());
    if (counts.missing > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d judged documents are not in the index, %,d of them relevant; ignoring them",
              counts.missing,
              judgments.size(),
              counts.missingRelevant));
    }
    int gone = judgments.queries().size() - queries.size();
    if (gone > 0) {
      remarks.add(gone + " queries have no judged document in the index; ignoring them");
    }
    return new Judgments(queries, remarks);
  }

  private Map<String, Double> without(Map<String, Double> grades, Set<String> indexed) {
    Map<String, Double> kept = new LinkedHashMap<>();
    grades.forEach(
        (document, grade) -> {
          if (indexed.contains(document)) {
            kept.put(document, grade);
          } else {
            missing++;
            missingRelevant += grade >= relevant ? 1 : 0;
          }
        });
    return kept;
  }
}
