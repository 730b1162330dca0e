// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the texts of queries: lines {@code id<TAB>text}, or TREC's {@code <top>} with {@code <num>}
 * and {@code <title>}.
 */
final class Topics {
  private static final Pattern NUMBER =
      Pattern.compile("(?i)<num>\\s*(?:Number:)?\\s*([^\\s<]+).*");
  private static final Pattern TITLE = Pattern.compile("(?i)<title>\\s*(?:Topic:)?\\s*([^<]*).*");

  private Topics() {}

  static void read(BufferedReader lines, JudgmentCollector into) throws IOException {
    String topic = null;
    boolean titleFollows = false;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String text = line.strip();
      Matcher num = NUMBER.matcher(text);
      Matcher title = TITLE.matcher(text);
      if (num.matches()) {
        topic = num.group(1);
      } else if (topic != null && title.matches()) {
        into.text(number, topic, title.group(1));
        titleFollows = title.group(1).isBlank();
      } else if (titleFollows && !text.isEmpty()) {
        into.text(number, topic, text);
        titleFollows = false;
      } else if (topic == null && !text.isEmpty() && !text.startsWith("<")) {
        pair(number, line, into);
      }
    }
  }

  private static void pair(int number, String line, JudgmentCollector into) {
    int tab = line.indexOf('\t');
    if (tab < 0) {
      into.problem(
          number,
          "of the topics: expected an id, a tab and a text, not '"
              + JudgmentCollector.quote(line)
              + "'");
    } else {
      into.text(number, line.substring(0, tab).strip(), line.substring(tab + 1));
    }
  }
}
