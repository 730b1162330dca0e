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
 * All metrics of a Solr node: of its engine, its models, and the reranking in its cores. One object
 * per node, so that the reload of a core neither loses nor duplicates metrics; closed with the
 * node. Thread-safe.
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
      log.debug("this Solr does not have the metrics of Solr 9", notNine);
    }
    try {
      return new SolrTenMetrics(node.getMetricManager());
    } catch (LinkageError | ReflectiveOperationException e) {
      log.warn(
          "unknown version of Solr's metrics (neither 9 nor 10);"
              + " the metrics of the plugin are only in /crossencoder/status and JMX",
          e);
      return SolrMetrics.NONE;
    }
  }

  /**
   * The metrics of a node, created at the first call.
   *
   * @param node node that closes the metrics
   * @return the same object at each call
   */
  public static NodeMetrics of(CoreContainer node) {
    return node.getObjectCache()
        .computeIfAbsent(
            NodeMetrics.class.getName(), NodeMetrics.class, key -> new NodeMetrics(node));
  }

  /**
   * The metrics of reranking in a core by a model.
   *
   * @param core publishes the metrics; not referenced after the call
   * @param model name of the model
   * @return the same object at each call
   */
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

  /** A request can outlive its node; its metrics are then not published. */
  private synchronized void show(List<Metric> metrics, Runnable asMetrics) {
    if (!closed) {
      groups.add(metrics);
      asMetrics.run();
      jmx.add(metrics);
    }
  }

  /** Removes the metrics of unloaded cores, but not of reloaded ones. */
  public void forgetUnloadedCores() {
    reranks.forEach(
        (rerank, metrics) -> {
          if (!node.isLoaded(rerank.core()) && reranks.remove(rerank, metrics)) {
            removed(metrics.metrics());
          }
        });
  }

  /** {@return recent failures of the node} */
  public FailureLog failures() {
    return failures;
  }

  /** {@return all metrics; metrics with the same labels are consecutive} */
  public List<Metric> all() {
    return groups.stream().flatMap(List::stream).toList();
  }

  @Override
  public void added(List<Metric> metrics) {
    show(metrics, () -> solrMetrics.addToNode(metrics));
  }

  @Override
  public void removed(List<Metric> metrics) {
    // By identity, because the lists of two models without requests are equal.
    groups.removeIf(group -> group == metrics);
    solrMetrics.remove(metrics);
    jmx.remove(metrics);
  }

  @Override
  public void close() {
    // Outside the lock: the first request of a core holds a lock of the map and waits for ours.
    synchronized (this) {
      closed = true;
    }
    groups.forEach(this::removed);
    reranks.clear();
  }
}
