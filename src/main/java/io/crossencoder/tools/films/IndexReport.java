// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import io.crossencoder.tools.common.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The result of indexing a file: counts, and the ids of skipped records. */
public final class IndexReport {
  // Limits memory and output for files with only invalid records.
  private static final int MAX_NAMED = 1000;
  // Solr quotes invalid values in full.
  private static final int MAX_WIDTH = 200;

  private final List<TmdbRecord.Skipped> named = new ArrayList<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private long indexed;
  private long skipped;

  public void indexed(int films) {
    indexed += films;
  }

  void skipped(TmdbRecord.Skipped record) {
    skipped++;
    if (named.size() < MAX_NAMED) {
      named.add(new TmdbRecord.Skipped(shortened(record.id()), shortened(record.reason())));
    }
  }

  private static String shortened(String text) {
    return TerminalText.shorten(TerminalText.clean(text), MAX_WIDTH);
  }

  /** Counts a film that was indexed without this field, because the value has the wrong type. */
  void leftOut(String field) {
    leftOut.merge(field, 1, Integer::sum);
  }

  public long indexed() {
    return indexed;
  }

  long skipped() {
    return skipped;
  }

  /** Lines for the terminal: counts, then each reason with the ids. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%,d indexed, %,d skipped.", indexed, skipped));
    named.stream()
        .collect(
            groupingBy(
                TmdbRecord.Skipped::reason,
                LinkedHashMap::new,
                mapping(TmdbRecord.Skipped::id, joining(", "))))
        .forEach((reason, ids) -> lines.add(TerminalText.clean("  " + reason + ": " + ids)));
    if (skipped > named.size()) {
      lines.add(String.format(Locale.ROOT, "  and %,d more", skipped - named.size()));
    }
    leftOut.forEach(
        (field, films) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "  field %s omitted in %,d %s: wrong type",
                    field,
                    films,
                    films == 1 ? "film" : "films")));
    return lines;
  }
}
