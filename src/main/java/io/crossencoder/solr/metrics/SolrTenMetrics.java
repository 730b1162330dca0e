// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.apache.solr.core.SolrCore;
import org.apache.solr.metrics.SolrMetricManager;

/**
 * Publishes metrics in the OpenTelemetry metrics of Solr 10, and therefore in {@code
 * /admin/metrics} and its OTLP exporter: {@code solr_node_crossencoder_workers_busy}, {@code
 * solr_core_crossencoder_requests_total}. Thread-safe.
 *
 * <p><b>The only class that uses API which Solr 9 does not have.</b> Because the build compiles
 * against Solr 9, two methods of Solr 10 are called by reflection.
 *
 * <p>The instruments are created with the meter of Solr's registry, because {@code
 * SolrMetricsContext} does not support bucket bounds for histograms of seconds.
 */
final class SolrTenMetrics implements SolrMetrics {

  private static final String NODE = "solr.node";

  /** The scope of all instruments in Solr. */
  private static final String SCOPE = "org.apache.solr";

  /**
   * The registry of a list of metrics.
   *
   * @param provider meter provider of the registry; Solr replaces it when it renames or swaps cores
   * @param instruments remove the instruments
   */
  private record Shown(MeterProvider provider, List<Runnable> instruments) {}

  private final SolrMetricManager manager;
  private final MethodHandle meterProvider;
  private final MethodHandle coreAttributes;
  private final IdentityHashMap<List<Metric>, Shown> shown = new IdentityHashMap<>();

  /**
   * The metrics of a node.
   *
   * @throws ReflectiveOperationException if this is not Solr 10
   */
  SolrTenMetrics(SolrMetricManager manager) throws ReflectiveOperationException {
    this.manager = manager;
    meterProvider =
        handle(
            SolrMetricManager.class.getMethod("meterProvider", String.class),
            MethodType.methodType(MeterProvider.class, SolrMetricManager.class, String.class));
    coreAttributes =
        handle(
            SolrCore.class.getMethod("getCoreAttributes"),
            MethodType.methodType(Attributes.class, SolrCore.class));
  }

  private static MethodHandle handle(Method method, MethodType type) throws IllegalAccessException {
    return MethodHandles.publicLookup().unreflect(method).asType(type);
  }

  @Override
  public void addToNode(List<Metric> metrics) {
    add(provider(NODE), "solr_node_crossencoder_", Attributes.empty(), metrics);
  }

  @Override
  public void addToCore(SolrCore core, List<Metric> metrics) {
    add(
        provider(core.getCoreMetricManager().getRegistryName()),
        "solr_core_crossencoder_",
        attributes(core),
        metrics);
  }

  @Override
  public synchronized void stay(SolrCore core, List<Metric> metrics) {
    String registry = core.getCoreMetricManager().getRegistryName();
    Shown before = shown.get(metrics);
    // Requesting the meters of a removed core would create an empty registry.
    if (before != null
        && manager.hasRegistry(registry)
        && before.provider() != provider(registry)) {
      remove(metrics);
      addToCore(core, metrics);
    }
  }

  private synchronized void add(
      MeterProvider provider, String prefix, Attributes common, List<Metric> metrics) {
    Meter meter = provider.get(SCOPE);
    List<Runnable> instruments = new ArrayList<>();
    for (Metric metric : metrics) {
      Attributes attributes = attributes(common, metric.labels());
      // Solr's Prometheus endpoint reserves the suffix _info and removes it.
      String name = prefix + metric.name().replaceFirst("_info$", "");
      instruments.add(instrument(meter, name, attributes, metric));
    }
    shown.put(metrics, new Shown(provider, instruments));
  }

  @Override
  public synchronized void remove(List<Metric> metrics) {
    Shown gone = shown.remove(metrics);
    if (gone != null) {
      gone.instruments().forEach(Runnable::run);
    }
  }

  /** Creates an instrument; the result removes it. */
  private static Runnable instrument(
      Meter meter, String name, Attributes attributes, Metric metric) {
    return switch (metric.kind()) {
      case COUNTER ->
          meter
                  .counterBuilder(name)
                  .setDescription(metric.help())
                  .buildWithCallback(now -> now.record((Long) metric.value().get(), attributes))
              ::close;
      case GAUGE ->
          meter
                  .gaugeBuilder(name)
                  .ofLongs()
                  .setDescription(metric.help())
                  .buildWithCallback(now -> now.record((Long) metric.value().get(), attributes))
              ::close;
      case DURATIONS -> histogram(meter, name, attributes, metric);
      case INFO ->
          meter
                  .gaugeBuilder(name)
                  .ofLongs()
                  .setDescription(metric.help())
                  .buildWithCallback(
                      now ->
                          MetricValues.texts(metric)
                              .forEach(texts -> now.record(1, attributes(attributes, texts))))
              ::close;
    };
  }

  /** OpenTelemetry does not poll histograms, so each duration is recorded. */
  private static Runnable histogram(
      Meter meter, String name, Attributes attributes, Metric metric) {
    DoubleHistogram histogram =
        meter
            .histogramBuilder(name)
            .setDescription(metric.help())
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(Durations.Summary.BOUNDS)
            .build();
    Durations durations = (Durations) metric.value();
    DoubleConsumer recorder = seconds -> histogram.record(seconds, attributes);
    durations.addListener(recorder);
    return () -> durations.removeListener(recorder);
  }

  private static Attributes attributes(Attributes common, Map<String, String> labels) {
    AttributesBuilder all = common.toBuilder();
    labels.forEach(all::put);
    return all.build();
  }

  private MeterProvider provider(String registry) {
    try {
      return (MeterProvider) meterProvider.invokeExact(manager, registry);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot access Solr's metrics of " + registry, e);
    }
  }

  /** The labels of Solr's core metrics: in SolrCloud also collection, shard and replica type. */
  private Attributes attributes(SolrCore core) {
    try {
      return (Attributes) coreAttributes.invokeExact(core);
    } catch (Throwable e) {
      throw new IllegalStateException("core " + core.getName() + " has no attributes", e);
    }
  }
}
