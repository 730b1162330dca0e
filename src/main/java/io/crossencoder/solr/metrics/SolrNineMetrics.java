// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import com.codahale.metrics.Gauge;
import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.solr.core.SolrCore;
import org.apache.solr.metrics.MetricsMap;
import org.apache.solr.metrics.SolrMetricManager;
import org.apache.solr.metrics.SolrMetricManager.ResolutionStrategy;

/**
 * Publishes metrics in the metrics of Solr 9, and therefore in {@code /admin/metrics} and its
 * reporters: {@code CROSSENCODER.workers_busy} and {@code CROSSENCODER.<model>.pairs_scored_total}
 * in {@code solr.node}, {@code CROSSENCODER.<model>.requests_total.complete} in the registry of a
 * core. Thread-safe.
 *
 * <p><b>The only class that uses API which Solr 10 does not have.</b> In Solr 10 it does not link
 * and is not used. Solr keeps the registry of a core, with these gauges, during a reload.
 */
final class SolrNineMetrics implements SolrMetrics {

  private static final String CATEGORY = "CROSSENCODER";
  private static final String NODE = "solr.node";

  /**
   * The registry of a list of metrics.
   *
   * @param tag tag of the gauges in Solr; gauges that replace them have another tag
   */
  private record Place(String registry, String tag) {}

  private final SolrMetricManager manager;
  private final IdentityHashMap<List<Metric>, Place> places = new IdentityHashMap<>();
  private int added;

  /**
   * The metrics of a node.
   *
   * @throws LinkageError if this is not Solr 9
   */
  SolrNineMetrics(SolrMetricManager manager) {
    this.manager = manager;
    // Forces the linkage error here instead of at the first gauge.
    manager.registry(NODE).getGauges((name, metric) -> false);
  }

  @Override
  public void addToNode(List<Metric> metrics) {
    add(NODE, metrics);
  }

  @Override
  public void addToCore(SolrCore core, List<Metric> metrics) {
    add(core.getCoreMetricManager().getRegistryName(), metrics);
  }

  private synchronized void add(String registry, List<Metric> metrics) {
    Place place = new Place(registry, CATEGORY + added++);
    places.put(metrics, place);
    for (Metric metric : metrics) {
      manager.registerGauge(
          null, registry, gauge(metric), place.tag(), ResolutionStrategy.REPLACE, name(metric));
    }
  }

  @Override
  public synchronized void remove(List<Metric> metrics) {
    Place place = places.remove(metrics);
    // Requesting the gauges of a removed core would create an empty registry.
    if (place != null && manager.hasRegistry(place.registry())) {
      manager.unregisterGauges(place.registry(), place.tag());
    }
  }

  /** The model comes before the name, like handlers in Solr's names, and the outcome after it. */
  private static String name(Metric metric) {
    StringBuilder name = new StringBuilder(CATEGORY);
    append(name, metric.labels().get("model"));
    append(name, metric.name());
    append(name, metric.labels().get("outcome"));
    return name.toString();
  }

  private static void append(StringBuilder name, String part) {
    if (part != null) {
      name.append('.').append(part);
    }
  }

  private static Gauge<?> gauge(Metric metric) {
    return switch (metric.kind()) {
      case COUNTER, GAUGE -> (Gauge<Object>) () -> metric.value().get();
      case DURATIONS ->
          new MetricsMap(
              map ->
                  MetricValues.percentiles((Durations.Summary) metric.value().get())
                      .forEach(map::putNoEx));
      case INFO -> new MetricsMap(map -> MetricValues.newest(metric).forEach(map::putNoEx));
    };
  }
}
