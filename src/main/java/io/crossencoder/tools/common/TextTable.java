// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.util.ArrayList;
import java.util.List;

/** A text table: the first column is left-aligned, all others are right-aligned. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row. A row of one cell is a heading. */
  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** All rows, each with a line end. */
  public String render() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        // A heading can be wider than the columns.
        widths[i] =
            row.size() == 1 ? widths[i] : Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String spaces = " ".repeat(Math.max(0, widths[i] - TerminalText.width(row.get(i))));
        line.append(i == 0 ? row.get(i) + spaces : "  " + spaces + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
