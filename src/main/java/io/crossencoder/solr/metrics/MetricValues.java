// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of metrics, for outputs by name. */
public final class MetricValues {

  private MetricValues() {}

  /**
   * The value of a metric.
   *
   * @param metric any metric
   * @return a number, or a map with the parts of the value
   */
  public static Object of(Metric metric) {
    return switch (metric.kind()) {
      case COUNTER, GAUGE -> metric.value().get();
      case DURATIONS -> percentiles((Durations.Summary) metric.value().get());
      case INFO -> newest(metric);
    };
  }

  /** Count, sum and percentiles in seconds since the start. */
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

  /**
   * The texts of a metric of kind INFO.
   *
   * @param metric metric of this kind
   * @return labels and their values, one map per model with this name
   */
  @SuppressWarnings("unchecked") // The contract of the kind.
  public static List<Map<String, String>> texts(Metric metric) {
    return (List<Map<String, String>>) metric.value().get();
  }

  /** The texts of the model that was loaded last. */
  static Map<String, String> newest(Metric metric) {
    List<Map<String, String>> texts = texts(metric);
    return texts.isEmpty() ? Map.of() : texts.get(texts.size() - 1);
  }
}
