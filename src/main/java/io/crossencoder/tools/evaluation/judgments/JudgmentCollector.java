// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import io.crossencoder.tools.common.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects the rows of a file and their problems. */
final class JudgmentCollector {
  // Double.parseDouble would also accept NaN, 1d and 0x1p3.
  private static final Pattern GRADE = Pattern.compile("[+-]?[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final int LONGEST_QUOTE = 60;

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> textsInRows = new LinkedHashMap<>();
  private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int repeated;

  private record Row(double grade, long line) {}

  /**
   * Sets the text of a query. Another text of the same query is a problem, because the judgments
   * would be those of two queries.
   *
   * @return whether the query has this text
   */
  boolean text(long line, String queryId, String text) {
    return set(texts, line, queryId, text);
  }

  /** Like {@link #text}, for a text that counts only if there is no other source of texts. */
  boolean textInRow(long line, String queryId, String text) {
    return texts.containsKey(queryId) || set(textsInRows, line, queryId, text);
  }

  private boolean set(Map<String, String> known, long line, String queryId, String text) {
    String first = text.isBlank() ? null : known.putIfAbsent(queryId, text.strip());
    if (first == null || JudgmentSets.key(first).equals(JudgmentSets.key(text))) {
      return true;
    }
    problem(
        line,
        String.format(
            Locale.ROOT,
            "query %s has the text '%s', but '%s' in an earlier line",
            quote(queryId),
            quote(text.strip()),
            quote(first)));
    return false;
  }

  /** Adds a judgment. */
  void judgment(long line, String queryId, String document, String grade) {
    if (document.isEmpty()) {
      problem(line, "no document id");
    } else if (!GRADE.matcher(grade).matches()) {
      problem(line, "the grade '" + quote(grade) + "' is not a number");
    } else {
      add(line, queryId, document, Double.parseDouble(grade));
    }
  }

  private void add(long line, String queryId, String document, double grade) {
    Row row = new Row(grade, line);
    Row first = rows.computeIfAbsent(queryId, id -> new LinkedHashMap<>()).get(document);
    if (first == null) {
      rows.get(queryId).put(document, row);
    } else if (first.grade == grade) {
      repeated++;
    } else {
      problem(
          line,
          String.format(
              Locale.ROOT,
              "query %s, document %s: grade %s, but %s in line %d",
              quote(queryId),
              quote(document),
              Numbers.shortest(grade),
              Numbers.shortest(first.grade),
              first.line));
    }
  }

  /** Adds a problem with a line. */
  void problem(long line, String reason) {
    problems.add("line " + line + ": " + reason);
  }

  /** The problems so far, in the order of the lines. */
  List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** The valid judgments. Queries without a text are additional problems. */
  Judgments judgments() {
    textsInRows.forEach(texts::putIfAbsent);
    List<JudgedQuery> queries = new ArrayList<>();
    rows.forEach(
        (id, judged) -> {
          if (texts.containsKey(id)) {
            Map<String, Double> grades = new LinkedHashMap<>();
            judged.forEach((document, row) -> grades.put(document, row.grade));
            queries.add(new JudgedQuery(id, texts.get(id), grades));
          } else {
            problems.add("query " + quote(id) + " has no text; set it with --topics");
          }
        });
    List<String> remarks = new ArrayList<>();
    if (repeated > 0) {
      remarks.add(repeated + " judgments appear more than once with the same grade");
    }
    long unjudged = texts.keySet().stream().filter(id -> !rows.containsKey(id)).count();
    if (unjudged > 0) {
      remarks.add(unjudged + " queries have a text but no judgments; ignoring them");
    }
    return new Judgments(queries, remarks);
  }

  /** Text of a file for a message: shortened, without control characters. */
  static String quote(String text) {
    String clean = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    return clean.replaceAll("\\p{Cntrl}", " ");
  }
}
