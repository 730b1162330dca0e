// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes an evaluation to a directory. */
final class ReportDirectory {
  private static final int LONGEST_NAME = 80;

  private ReportDirectory() {}

  /** Creates the directory if necessary; overwrites an earlier evaluation. */
  static Path write(Evaluation evaluation, Summary summary, RunInfo info, Path directory) {
    try {
      return writeFiles(evaluation, summary, info, directory);
    } catch (IOException e) {
      throw CommandException.of(directory, e);
    }
  }

  private static Path writeFiles(
      Evaluation evaluation, Summary summary, RunInfo info, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path page = directory.resolve("report.html");
    Files.writeString(page, HtmlReport.render(evaluation, summary, info));
    Tables.writeSummary(evaluation, summary, directory.resolve("summary.csv"));
    Tables.writeQueries(evaluation, directory.resolve("queries.csv"));
    RunFiles.writeQrels(evaluation.judgments(), directory.resolve("judgments.qrels"));
    int number = 0;
    for (Results results : evaluation.results()) {
      String slug = results.configuration().slug();
      String name = slug.length() > LONGEST_NAME ? slug.substring(0, LONGEST_NAME) : slug;
      RunFiles.writeRun(
          results, directory.resolve(String.format(Locale.ROOT, "%02d-%s.run", number++, name)));
    }
    return page;
  }
}
