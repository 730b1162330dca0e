// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file of judgments looks like. */
enum JudgmentFormat {
  /**
   * {@code grade qid:N 1:2.5 2:0 # document}, as RankLib and SVMrank have it, and the same without
   * features and with the query's text, in a header {@code # qid:N: text*1} or behind the document.
   */
  RANKLIB,
  /** {@code query 0 document grade}, as TREC has it; the texts are in a file of topics. */
  QRELS,
  /** A table with a header that names query, docid and rating, as Quepid exports it. */
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

  /** The format whose lines begin like this one; none where it says nothing, as a remark does. */
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
