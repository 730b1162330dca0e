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
 * Metrics as those of Solr 10, which are OpenTelemetry's, and so in {@code /admin/metrics} and in
 * its OTLP exporter: {@code solr_node_crossencoder_workers_busy}, {@code
 * solr_core_crossencoder_requests_total}.
 *
 * <p><b>The only class that uses what Solr 9 does not have.</b> The build has Solr 9 on its class
 * path, so the two methods of Solr 10 are looked up by name.
 *
 * <p>The meter of Solr's registry makes the instruments, not {@code SolrMetricsContext}: that one
 * knows no bounds for the buckets of a histogram of seconds.
 */
final class SolrTenMetrics implements SolrMetrics {

  private static final String NODE = "solr.node";

  /** The scope of all instruments of Solr's. */
  private static final String SCOPE = "org.apache.solr";

  /**
   * Where a list of metrics is shown.
   *
   * @param provider of the registry at that time: Solr makes another one when it renames or swaps
   *     cores
   * @param instruments how to take them away again
   */
  private record Shown(MeterProvider provider, List<Runnable> instruments) {}

  private final SolrMetricManager manager;
  private final MethodHandle meterProvider;
  private final MethodHandle coreAttributes;
  private final IdentityHashMap<List<Metric>, Shown> shown = new IdentityHashMap<>();

  /**
   * For a node.
   *
   * @throws ReflectiveOperationException if its metrics are not those of Solr 10
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
    // Asking for the meters of a core that is gone would give it an empty registry again.
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
      // Solr's page of Prometheus keeps that ending for what is not a metric, and takes it away.
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

  /** Makes one; what it returns takes it away again. */
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

  /** OpenTelemetry asks no one for a histogram: each duration is told to it. */
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
      throw new IllegalStateException("Solr's metrics of " + registry + " cannot be had", e);
    }
  }

  /** As Solr labels the metrics of a core: in SolrCloud also its collection, shard and type. */
  private Attributes attributes(SolrCore core) {
    try {
      return (Attributes) coreAttributes.invokeExact(core);
    } catch (Throwable e) {
      throw new IllegalStateException("core " + core.getName() + " has no attributes", e);
    }
  }
}
