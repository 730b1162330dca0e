// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link JudgmentFormat#RANKLIB}. */
final class RanklibLines {
  private static final Pattern HEADER =
      Pattern.compile("#\\s*qid:([^\\s:]+):\\s*(.*?)(?:\\*[0-9.]+)?\\s*");
  private static final Pattern ROW =
      Pattern.compile("(\\S+)\\s+qid:(\\S+)(?:\\s+[^#]*)?(?:#\\s*(.*))?");
  // The files of LETOR contain "#docid = GX008-86-4444840 inc = 1".
  private static final Pattern DOCUMENT =
      Pattern.compile("(?:docid\\s*=\\s*)?(\\S+)\\s*(.*)", Pattern.DOTALL);

  private RanklibLines() {}

  static void read(BufferedReader lines, JudgmentCollector into) throws IOException {
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String text = line.strip();
      if (text.startsWith("#")) {
        Matcher header = HEADER.matcher(text);
        if (header.matches()) {
          into.text(number, header.group(1), header.group(2));
        }
      } else if (!text.isEmpty()) {
        row(number, text, into);
      }
    }
  }

  private static void row(int number, String line, JudgmentCollector into) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      into.problem(
          number,
          "expected a line such as '1 qid:7 # 603', not '" + JudgmentCollector.quote(line) + "'");
      return;
    }
    Matcher document = DOCUMENT.matcher(row.group(3) == null ? "" : row.group(3));
    if (!document.matches()) {
      into.problem(number, "no document id after #");
      return;
    }
    // LETOR's "inc = 1 prob = 0.08" is not the text of a query.
    if (document.group(2).contains(" = ")
        || into.textInRow(number, row.group(2), document.group(2))) {
      into.judgment(number, row.group(2), document.group(1), row.group(1));
    }
  }
}
