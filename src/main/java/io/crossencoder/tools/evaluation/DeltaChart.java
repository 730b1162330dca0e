// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.Numbers;
import java.util.List;
import java.util.Locale;

/**
 * A chart with a bar per query: upward if reranking is better than the first pass, downward if it
 * is worse.
 */
final class DeltaChart {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 220;
  private static final double LEFT = 40;
  private static final double WIDEST_BAR = 24;

  private DeltaChart() {}

  /**
   * Draws the chart.
   *
   * @param deltas best first, with values from -1 to 1
   */
  static void draw(Html html, List<Delta> deltas) {
    double most = deltas.stream().mapToDouble(delta -> Math.abs(delta.value())).max().orElse(0);
    double scale = most == 0 ? 1 : Math.ceil(most * 10) / 10;
    double middle = HEIGHT / 2;
    double step = Math.min(WIDEST_BAR, (WIDTH - LEFT) / Math.max(1, deltas.size()));
    html.open("svg", "viewBox", "0 0 900 220", "role", "img", "class", "chart");
    html.leaf("title", "Difference of each query");
    for (double value : new double[] {scale, scale / 2, 0, -scale / 2, -scale}) {
      double y = middle - value / scale * (middle - 10);
      html.empty("line", "x1", LEFT, "x2", WIDTH, "y1", y, "y2", y, "class", "grid");
      String label = value == 0 ? "0" : String.format(Locale.ROOT, "%+.2f", value);
      html.leaf("text", label, "x", LEFT - 6, "y", y + 4, "class", "tick end");
    }
    for (int i = 0; i < deltas.size(); i++) {
      Delta delta = deltas.get(i);
      double height = Math.abs(delta.value()) / scale * (middle - 10);
      html.open(
          "rect",
          "x",
          LEFT + i * step,
          "width",
          Math.max(0.5, step * 0.8),
          "y",
          delta.value() > 0 ? middle - height : middle,
          "height",
          Math.max(height, 1.0),
          "class",
          delta.value() == 0 ? "same" : delta.value() > 0 ? "won" : "lost");
      html.leaf("title", delta.answer().query().text() + ": " + Numbers.signed(delta.value()));
      html.close();
    }
    html.close();
  }
}
