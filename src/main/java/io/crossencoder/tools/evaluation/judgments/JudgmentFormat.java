// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The format of a file with judgments. */
enum JudgmentFormat {
  /**
   * {@code grade qid:N 1:2.5 2:0 # document} of RankLib and SVMrank; also without features and with
   * the text of the query, either in a header {@code # qid:N: text*1} or after the document.
   */
  RANKLIB,
  /** {@code query 0 document grade} of TREC; the texts are in a topics file. */
  QRELS,
  /** A table with a header that contains query, docid and rating, as exported by Quepid. */
  CSV;

  private static final Pattern RANKLIB_LINE =
      Pattern.compile("(#\\s*qid:\\S.*|\\S+\\s+qid:\\S.*)", Pattern.DOTALL);
  private static final Pattern QRELS_LINE =
      Pattern.compile("\\S+\\s+\\S+\\s+\\S+\\s+[+-]?[0-9.]+\\s*");

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  void read(BufferedReader lines, JudgmentCollector into) throws IOException {
    switch (this) {
      case RANKLIB -> RanklibLines.read(lines, into);
      case QRELS -> QrelsLines.read(lines, into);
      case CSV -> CsvRows.read(lines, into);
    }
  }

  /** The format of a line; empty if it is unknown, for example for a comment. */
  static Optional<JudgmentFormat> of(String line) {
    if (RANKLIB_LINE.matcher(line).matches()) {
      return Optional.of(RANKLIB);
    }
    if (line.isBlank() || line.startsWith("#")) {
      return Optional.empty();
    }
    if (CsvRows.isHeader(line)) {
      return Optional.of(CSV);
    }
    return QRELS_LINE.matcher(line).matches() ? Optional.of(QRELS) : Optional.empty();
  }
}
