// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.Results.Answer;
import io.crossencoder.tools.evaluation.Summary.Row;
import io.crossencoder.tools.evaluation.measures.Measure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes an evaluation as CSV. */
final class Tables {
  private Tables() {}

  /** One line per group, configuration and measure. */
  static void writeSummary(Evaluation evaluation, Summary summary, Path file) throws IOException {
    try (CSVPrinter csv = open(file)) {
      csv.printRecord(
          "group",
          "configuration",
          "queries",
          "measure",
          "mean",
          "low",
          "high",
          "difference",
          "difference_low",
          "difference_high",
          "p",
          "wins",
          "losses",
          "ms_p50",
          "ms_p95");
      for (Row row : summary.rows()) {
        for (Map.Entry<Measure, Comparison> each : row.comparisons().entrySet()) {
          Comparison comparison = each.getValue();
          csv.printRecord(
              row.group().name(),
              row.results().configuration().name(),
              row.queries(),
              each.getKey().label(evaluation.metrics().k()),
              comparison.mean(),
              comparison.interval().low(),
              comparison.interval().high(),
              comparison.difference(),
              comparison.differenceInterval().low(),
              comparison.differenceInterval().high(),
              comparison.p(),
              comparison.wins(),
              comparison.losses(),
              row.queryMillis(0.5),
              row.queryMillis(0.95));
        }
      }
    }
  }

  /** One line per configuration and query. */
  static void writeQueries(Evaluation evaluation, Path file) throws IOException {
    try (CSVPrinter csv = open(file)) {
      List<Object> header = new ArrayList<>(List.of("configuration", "query", "text"));
      for (Measure measure : Measure.values()) {
        header.add(measure.label(evaluation.metrics().k()));
      }
      header.addAll(List.of("ms", "outcome"));
      csv.printRecord(header);
      for (Results results : evaluation.results()) {
        for (Answer answer : results.answers()) {
          List<Object> line =
              new ArrayList<>(
                  List.of(
                      results.configuration().name(), answer.query().id(), answer.query().text()));
          line.addAll(answer.values().values());
          line.add(answer.ranking().queryMillis());
          line.add(answer.ranking().outcome());
          csv.printRecord(line);
        }
      }
    }
  }

  private static CSVPrinter open(Path file) throws IOException {
    return new CSVPrinter(
        Files.newBufferedWriter(file, StandardCharsets.UTF_8),
        CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
  }
}
