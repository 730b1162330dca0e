// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.status;

import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Figure;
import io.crossencoder.solr.metrics.FigureValues;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes figures as Prometheus reads them: its text format, version 0.0.4. */
public final class PrometheusText {

  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  public static final String PREFIX = "solr_crossencoder_";

  private final StringBuilder out = new StringBuilder();

  private PrometheusText() {}

  static String of(Collection<Figure> figures) {
    // All lines of a name have to stand together.
    Map<String, List<Figure>> byName =
        figures.stream()
            .collect(Collectors.groupingBy(Figure::name, TreeMap::new, Collectors.toList()));
    PrometheusText text = new PrometheusText();
    byName.values().forEach(text::family);
    return text.out.toString();
  }

  private void family(List<Figure> figures) {
    Figure first = figures.get(0);
    String name = PREFIX + first.name();
    String type =
        switch (first.kind()) {
          case COUNTER -> "counter";
          case GAUGE, INFO -> "gauge";
          case DURATIONS -> "histogram";
        };
    out.append("# HELP ").append(name).append(' ').append(first.help()).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    figures.forEach(figure -> figure(name, figure));
  }

  private void figure(String name, Figure figure) {
    switch (figure.kind()) {
      case COUNTER, GAUGE -> line(name, figure.labels(), figure.value().get());
      case DURATIONS -> histogram(name, figure.labels(), (Durations.Summary) figure.value().get());
      case INFO ->
          FigureValues.texts(figure)
              .forEach(
                  texts -> {
                    SortedMap<String, String> labels = new TreeMap<>(figure.labels());
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
