// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.status;

import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import io.crossencoder.solr.metrics.MetricValues;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes metrics in the Prometheus text format, version 0.0.4. */
public final class PrometheusText {

  /** Content type of the response. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Prefix of each metric name. */
  public static final String PREFIX = "solr_crossencoder_";

  private final StringBuilder out = new StringBuilder();

  private PrometheusText() {}

  static String of(Collection<Metric> metrics) {
    // All lines of one name must be consecutive.
    Map<String, List<Metric>> byName =
        metrics.stream()
            .collect(Collectors.groupingBy(Metric::name, TreeMap::new, Collectors.toList()));
    PrometheusText text = new PrometheusText();
    byName.values().forEach(text::family);
    return text.out.toString();
  }

  private void family(List<Metric> metrics) {
    Metric first = metrics.get(0);
    String name = PREFIX + first.name();
    String type =
        switch (first.kind()) {
          case COUNTER -> "counter";
          case GAUGE, INFO -> "gauge";
          case DURATIONS -> "histogram";
        };
    out.append("# HELP ").append(name).append(' ').append(first.help()).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    metrics.forEach(metric -> metric(name, metric));
  }

  private void metric(String name, Metric metric) {
    switch (metric.kind()) {
      case COUNTER, GAUGE -> line(name, metric.labels(), metric.value().get());
      case DURATIONS -> histogram(name, metric.labels(), (Durations.Summary) metric.value().get());
      case INFO ->
          MetricValues.texts(metric)
              .forEach(
                  texts -> {
                    SortedMap<String, String> labels = new TreeMap<>(metric.labels());
                    labels.putAll(texts);
                    line(name, labels, 1);
                  });
    }
  }

  private void histogram(String name, Map<String, String> labels, Durations.Summary summary) {
    Map<String, String> withBound = new LinkedHashMap<>(labels);
    for (double bound : Durations.Summary.BOUNDS) {
      withBound.put("le", Double.toString(bound));
      line(name + "_bucket", withBound, summary.countWithin(bound));
    }
    withBound.put("le", "+Inf");
    line(name + "_bucket", withBound, summary.count());
    line(name + "_sum", labels, summary.sum());
    line(name + "_count", labels, summary.count());
  }

  private void line(String name, Map<String, String> labels, Object value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append(
          labels.entrySet().stream()
              .map(label -> label.getKey() + "=\"" + escape(label.getValue()) + '"')
              .collect(Collectors.joining(",", "{", "}")));
    }
    out.append(' ').append(value).append('\n');
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
