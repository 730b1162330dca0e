// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Metric;
import io.crossencoder.metrics.MetricListener;
import java.io.Closeable;
import java.lang.invoke.MethodHandles;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All metrics of a Solr node: of its engine, its models, and the reranks of its cores. One a node,
 * so that a reload of a core neither loses nor doubles any; closed with it. Thread-safe.
 */
public final class NodeMetrics implements MetricListener, Closeable {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private record Rerank(String core, String model) {}

  private final CoreContainer node;
  private final FailureLog failures = new FailureLog(Clock.systemUTC());
  private final List<List<Metric>> groups = new CopyOnWriteArrayList<>();
  private final Map<Rerank, RerankMetrics> reranks = new ConcurrentHashMap<>();
  private final SolrMetrics solrMetrics;
  private final JmxMetrics jmx;
  private boolean closed;

  private NodeMetrics(CoreContainer node) {
    this.node = node;
    this.solrMetrics = metricsOf(node);
    this.jmx = new JmxMetrics(node.getConfig().getSolrHome().toString());
  }

  private static SolrMetrics metricsOf(CoreContainer node) {
    try {
      return new SolrNineMetrics(node.getMetricManager());
    } catch (LinkageError notNine) {
      log.debug("not the metrics of Solr 9", notNine);
    }
    try {
      return new SolrTenMetrics(node.getMetricManager());
    } catch (LinkageError | ReflectiveOperationException e) {
      log.warn(
          "Solr's own metrics are neither those of Solr 9 nor those of Solr 10;"
              + " the plugin's are in /crossencoder/status and JMX only",
          e);
      return SolrMetrics.NONE;
    }
  }

  /** Those of a node, made when they are asked for first. */
  public static NodeMetrics of(CoreContainer node) {
    return node.getObjectCache()
        .computeIfAbsent(
            NodeMetrics.class.getName(), NodeMetrics.class, key -> new NodeMetrics(node));
  }

  /** Those of the reranks of a core by a model. */
  public RerankMetrics of(SolrCore core, String model) {
    RerankMetrics ofCore =
        reranks.computeIfAbsent(
            new Rerank(core.getName(), model),
            key -> {
              RerankMetrics metrics = new RerankMetrics(key.core(), model, failures);
              show(metrics.metrics(), () -> solrMetrics.addToCore(core, metrics.metrics()));
              return metrics;
            });
    solrMetrics.stay(core, ofCore.metrics());
    return ofCore;
  }

  /** A request may outlive its node: what it counts is shown nowhere any more. */
  private synchronized void show(List<Metric> metrics, Runnable asMetrics) {
    if (!closed) {
      groups.add(metrics);
      asMetrics.run();
      jmx.add(metrics);
    }
  }

  /** Those of cores that are gone; one that was reloaded is not. */
  public void forgetUnloadedCores() {
    reranks.forEach(
        (rerank, metrics) -> {
          if (!node.isLoaded(rerank.core()) && reranks.remove(rerank, metrics)) {
            removed(metrics.metrics());
          }
        });
  }

  public FailureLog failures() {
    return failures;
  }

  /** All that there are now, those of the same labels behind each other. */
  public List<Metric> all() {
    return groups.stream().flatMap(List::stream).toList();
  }

  @Override
  public void added(List<Metric> metrics) {
    show(metrics, () -> solrMetrics.addToNode(metrics));
  }

  @Override
  public void removed(List<Metric> metrics) {
    // Not by equality: two models have equal lists as long as nobody has asked them anything.
    groups.removeIf(group -> group == metrics);
    solrMetrics.remove(metrics);
    jmx.remove(metrics);
  }

  @Override
  public synchronized void close() {
    closed = true;
    groups.forEach(this::removed);
    reranks.clear();
  }
}
