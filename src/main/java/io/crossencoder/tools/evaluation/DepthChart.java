// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.Summary.Row;
import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.measures.Measure;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Charts of quality and time by number of candidates, with a line per model and blend. */
final class DepthChart {
  private static final double WIDTH = 440;
  private static final double HEIGHT = 260;
  private static final double LEFT = 48;
  private static final double RIGHT = 16;
  private static final double TOP = 24;
  private static final double BOTTOM = 36;

  /** Number of line colors in the style sheet; they repeat after that. */
  private static final int COLORS = 6;

  private final Html html;
  private final List<Integer> depths;
  private final double low;
  private final double high;

  private DepthChart(Html html, List<Integer> depths, double low, double high) {
    this.html = html;
    this.depths = depths;
    this.low = low;
    this.high = high > low ? high : low + 1;
  }

  /** Draws both charts if there are several depths. */
  static void draw(Html html, List<Row> rows, String measure) {
    List<Integer> depths =
        rows.stream()
            .filter(row -> !row.isFirstPass())
            .map(DepthChart::depth)
            .distinct()
            .sorted()
            .toList();
    if (depths.size() < 2) {
      return;
    }
    Map<String, List<Row>> lines = new LinkedHashMap<>();
    for (Row row : rows) {
      if (!row.isFirstPass()) {
        lines.computeIfAbsent(line(row), name -> new ArrayList<>()).add(row);
      }
    }
    double first = rows.get(0).of(Measure.NDCG).mean();
    double[] means = rows.stream().mapToDouble(row -> row.of(Measure.NDCG).mean()).toArray();
    double margin = 0.02;
    double least = Math.floor((Statistics.quantile(means, 0) - margin) * 20) / 20;
    double most = Math.ceil((Statistics.quantile(means, 1) + margin) * 20) / 20;
    double slowest = rows.stream().mapToDouble(row -> row.queryMillis(0.5)).max().orElse(1);
    html.open("div", "class", "charts");
    DepthChart quality = new DepthChart(html, depths, Math.max(0, least), Math.min(1, most));
    quality.draw(
        measure + " by candidates", "%.2f", lines, row -> row.of(Measure.NDCG).mean(), first);
    new DepthChart(html, depths, 0, Math.ceil((slowest + 1) / 4) * 4)
        .draw(
            "median QTime in ms by candidates",
            "%.0f",
            lines,
            row -> row.queryMillis(0.5),
            rows.get(0).queryMillis(0.5));
    html.close();
    html.open("p", "class", "legend");
    html.leaf("span", "first pass (dashed)");
    int number = 0;
    for (String name : lines.keySet()) {
      html.leaf("span", name, "class", "line" + number++ % COLORS);
    }
    html.close();
  }

  private static int depth(Row row) {
    return row.results().configuration().rerank().flatMap(Configuration.Rerank::depth).orElse(0);
  }

  private static String line(Row row) {
    Configuration.Rerank rerank = row.results().configuration().rerank().orElseThrow();
    return rerank.model().orElse("default model") + " · " + rerank.blend().orElse("default blend");
  }

  private void draw(
      String title,
      String format,
      Map<String, List<Row>> lines,
      ToDoubleFunction<Row> value,
      double firstPass) {
    html.open("svg", "viewBox", "0 0 440 260", "role", "img", "class", "chart half");
    html.leaf("title", title);
    html.leaf("text", title, "x", LEFT, "y", 14.0, "class", "label");
    for (int i = 0; i <= 4; i++) {
      double at = low + (high - low) * i / 4;
      html.empty(
          "line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", y(at), "y2", y(at), "class", "grid");
      html.leaf(
          "text",
          String.format(Locale.ROOT, format, at),
          "x",
          LEFT - 6,
          "y",
          y(at) + 4,
          "class",
          "tick end");
    }
    for (int depth : depths) {
      html.leaf(
          "text",
          String.valueOf(depth),
          "x",
          x(depth),
          "y",
          HEIGHT - BOTTOM + 18,
          "class",
          "tick middle");
    }
    html.empty(
        "line",
        "x1",
        LEFT,
        "x2",
        WIDTH - RIGHT,
        "y1",
        y(firstPass),
        "y2",
        y(firstPass),
        "class",
        "first");
    int number = 0;
    for (List<Row> rows : lines.values()) {
      StringBuilder points = new StringBuilder();
      for (Row row : rows.stream().sorted(Comparator.comparingInt(DepthChart::depth)).toList()) {
        points.append(
            String.format(Locale.ROOT, "%.2f,%.2f ", x(depth(row)), y(value.applyAsDouble(row))));
      }
      html.empty(
          "polyline", "points", points.toString().strip(), "class", "line" + number % COLORS);
      for (Row row : rows) {
        html.open(
            "circle",
            "cx",
            x(depth(row)),
            "cy",
            y(value.applyAsDouble(row)),
            "r",
            3.5,
            "class",
            "line" + number % COLORS);
        html.leaf(
            "title",
            row.results().configuration().name()
                + ": "
                + String.format(Locale.ROOT, "%.3f", value.applyAsDouble(row)));
        html.close();
      }
      number++;
    }
    html.close();
  }

  private double x(int depth) {
    int last = depths.size() - 1;
    return LEFT + 20 + (WIDTH - LEFT - RIGHT - 40) * depths.indexOf(depth) / last;
  }

  private double y(double value) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
  }
}
