// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.io.BufferedReader;
import java.io.IOException;

/** Reads {@link JudgmentFormat#QRELS}. */
final class QrelsLines {
  private static final int COLUMNS = 4;

  private QrelsLines() {}

  static void read(BufferedReader lines, JudgmentCollector into) throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String[] columns = text.split("\\s+", COLUMNS + 1);
      if (columns.length == COLUMNS) {
        into.judgment(number, columns[0], columns[2], columns[3]);
      } else {
        into.problem(
            number,
            "expected four columns, such as '7 0 603 1', not '"
                + JudgmentCollector.quote(text)
                + "'");
      }
    }
  }
}
