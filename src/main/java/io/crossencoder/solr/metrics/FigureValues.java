// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of figures, for those who show them by name. */
public final class FigureValues {

  private FigureValues() {}

  /** A number, or what it consists of, by name. */
  public static Object of(Figure figure) {
    return switch (figure.kind()) {
      case COUNTER, GAUGE -> figure.value().get();
      case DURATIONS -> percentiles((Durations.Summary) figure.value().get());
      case INFO -> newest(figure);
    };
  }

  /** In seconds, since the start. */
  static Map<String, Object> percentiles(Durations.Summary summary) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("count", summary.count());
    values.put("sum", summary.sum());
    values.put("p50", summary.percentile(50));
    values.put("p95", summary.percentile(95));
    values.put("p99", summary.percentile(99));
    values.put("max", summary.max());
    return values;
  }

  /** All texts of a figure of kind INFO. */
  @SuppressWarnings("unchecked") // By the contract of the kind.
  public static List<Map<String, String>> texts(Figure figure) {
    return (List<Map<String, String>>) figure.value().get();
  }

  /** Those of the model that was loaded last. */
  static Map<String, String> newest(Figure figure) {
    List<Map<String, String>> texts = texts(figure);
    return texts.isEmpty() ? Map.of() : texts.get(texts.size() - 1);
  }
}
