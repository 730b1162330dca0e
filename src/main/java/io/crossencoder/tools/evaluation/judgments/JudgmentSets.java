// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Merges files of judgments. Because files can number queries differently, queries are identified
 * by their text; a grade in a later file takes precedence.
 */
final class JudgmentSets {

  private final Map<String, JudgedQuery> queries = new LinkedHashMap<>();
  private final Map<String, String> idsByText = new HashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private int files;
  private int contradictions;

  void add(Judgments judgments) {
    files++;
    // Only for this file, which can contain the same text with two ids.
    Map<String, String> texts = new HashMap<>();
    for (JudgedQuery query : judgments.queries()) {
      String text = key(query.text());
      String id = idsByText.get(text);
      if (id == null) {
        id = queries.containsKey(query.id()) ? query.id() + "/" + files : query.id();
        texts.putIfAbsent(text, id);
      }
      JudgedQuery before = queries.get(id);
      queries.put(
          id,
          before == null ? new JudgedQuery(id, query.text(), query.grades()) : both(before, query));
    }
    texts.forEach(idsByText::putIfAbsent);
    remarks.addAll(judgments.remarks());
  }

  Judgments together() {
    List<String> all = new ArrayList<>(remarks);
    if (contradictions > 0) {
      all.add(
          String.format(
              Locale.ROOT,
              "%,d judgments have another grade in a later file; using the later one",
              contradictions));
    }
    return new Judgments(List.copyOf(queries.values()), all);
  }

  private JudgedQuery both(JudgedQuery before, JudgedQuery after) {
    Map<String, Double> grades = new LinkedHashMap<>(before.grades());
    after
        .grades()
        .forEach(
            (document, grade) -> {
              Double other = grades.put(document, grade);
              contradictions += other != null && !other.equals(grade) ? 1 : 0;
            });
    return new JudgedQuery(before.id(), before.text(), grades);
  }

  /** Ignores case and white space. */
  static String key(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }
}
