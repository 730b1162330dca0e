// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.bench.Comparison.Result;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Tables and a chart of the cost of pairs of several lengths. */
final class LengthReport {

  private static final int BAR = 50;

  private final int docs;
  private final Map<Integer, List<Result>> byLength;
  private final List<Integer> lengths;
  private final PrintWriter out;

  LengthReport(int docs, Map<Integer, List<Result>> byLength, PrintWriter out) {
    this.docs = docs;
    this.byLength = byLength;
    this.lengths = new ArrayList<>(byLength.keySet());
    this.out = out;
  }

  void print() {
    table("CPU-ms a pair, medians", "%.2f", (result, length) -> cpu(result) / docs);
    table("microseconds a token", "%.1f", LengthReport.this::perToken);
    table(
        "of it in the kernel, percent",
        "%.1f",
        (result, length) -> 100 * mean(result.systemMillis()) / mean(result.cpuMillis()));
    table("wall-ms a pair", "%.2f", (result, length) -> median(result, Result::wallMillis) / docs);
    table(
        "our CPU time / its: fp32 on as many threads",
        "%.2f",
        (result, length) ->
            Statistics.medianRatio(
                Report.ours(byLength.get(length), result).cpuMillis(), result.cpuMillis()));
    chart();
    out.flush();
  }

  /** Computes the value of a table cell. */
  private interface Cell {
    double of(Result result, int length);
  }

  private void table(String title, String format, Cell cell) {
    out.printf(Locale.ROOT, "%n%-40s", title);
    lengths.forEach(length -> out.printf(Locale.ROOT, " %9d", length));
    out.println();
    for (int i = 0; i < rows(); i++) {
      out.printf(Locale.ROOT, "%-32s %7d", id(i).name(), id(i).threads());
      for (int length : lengths) {
        double value = cell.of(byLength.get(length).get(i), length);
        out.printf(Locale.ROOT, " %9s", String.format(Locale.ROOT, format, value));
      }
      out.println();
    }
  }

  private void chart() {
    out.printf(Locale.ROOT, "%nCPU microseconds a token%n");
    double most = 0;
    for (int length : lengths) {
      for (Result result : byLength.get(length)) {
        most = Math.max(most, perToken(result, length));
      }
    }
    for (int i = 0; i < rows(); i++) {
      out.println(id(i).name() + ", threads: " + id(i).threads());
      for (int length : lengths) {
        double value = perToken(byLength.get(length).get(i), length);
        String bar = "█".repeat((int) Math.round(BAR * value / most));
        out.printf(Locale.ROOT, "%9d %s %.1f%n", length, bar, value);
      }
    }
  }

  private int rows() {
    return byLength.get(lengths.get(0)).size();
  }

  private Contender.Id id(int row) {
    return byLength.get(lengths.get(0)).get(row).id();
  }

  private double perToken(Result result, int length) {
    return 1000 * cpu(result) / docs / length;
  }

  private static double cpu(Result result) {
    return median(result, Result::cpuMillis);
  }

  private static double median(Result result, Function<Result, double[]> samples) {
    return Statistics.median(samples.apply(result));
  }

  private static double mean(double[] samples) {
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    return sum / samples.length;
  }
}
