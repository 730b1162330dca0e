// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Figure;
import io.crossencoder.metrics.FigureListener;
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
 * All figures of a Solr node: of its engine, its models, and the reranks of its cores. One a node,
 * so that a reload of a core neither loses nor doubles any; closed with it. Thread-safe.
 */
public final class NodeFigures implements FigureListener, Closeable {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private record Rerank(String core, String model) {}

  private final CoreContainer node;
  private final FailureLog failures = new FailureLog(Clock.systemUTC());
  private final List<List<Figure>> groups = new CopyOnWriteArrayList<>();
  private final Map<Rerank, RerankFigures> reranks = new ConcurrentHashMap<>();
  private final SolrMetrics metrics;
  private final JmxFigures jmx;
  private boolean closed;

  private NodeFigures(CoreContainer node) {
    this.node = node;
    this.metrics = metricsOf(node);
    this.jmx = new JmxFigures(node.getConfig().getSolrHome().toString());
  }

  private static SolrMetrics metricsOf(CoreContainer node) {
    try {
      return new SolrNineMetrics(node.getMetricManager());
    } catch (LinkageError e) {
      log.info("Solr's own metrics are not those of Solr 9: see /crossencoder/status, or JMX");
      return SolrMetrics.NONE;
    }
  }

  /** Those of a node, made when they are asked for first. */
  public static NodeFigures of(CoreContainer node) {
    return node.getObjectCache()
        .computeIfAbsent(
            NodeFigures.class.getName(), NodeFigures.class, key -> new NodeFigures(node));
  }

  /** Those of the reranks of a core by a model. */
  public RerankFigures of(SolrCore core, String model) {
    return reranks.computeIfAbsent(
        new Rerank(core.getName(), model),
        key -> {
          RerankFigures figures = new RerankFigures(key.core(), model, failures);
          show(figures.figures(), () -> metrics.addToCore(core, figures.figures()));
          return figures;
        });
  }

  /** A request may outlive its node: what it counts is shown nowhere any more. */
  private synchronized void show(List<Figure> figures, Runnable asMetrics) {
    if (!closed) {
      groups.add(figures);
      asMetrics.run();
      jmx.add(figures);
    }
  }

  /** Those of cores that are gone; one that was reloaded is not. */
  public void forgetUnloadedCores() {
    reranks.forEach(
        (rerank, figures) -> {
          if (!node.isLoaded(rerank.core()) && reranks.remove(rerank, figures)) {
            removed(figures.figures());
          }
        });
  }

  public FailureLog failures() {
    return failures;
  }

  /** All that there are now, those of the same labels behind each other. */
  public List<Figure> all() {
    return groups.stream().flatMap(List::stream).toList();
  }

  @Override
  public void added(List<Figure> figures) {
    show(figures, () -> metrics.addToNode(figures));
  }

  @Override
  public void removed(List<Figure> figures) {
    // Not by equality: two models have equal lists as long as nobody has asked them anything.
    groups.removeIf(group -> group == figures);
    metrics.remove(figures);
    jmx.remove(figures);
  }

  @Override
  public synchronized void close() {
    closed = true;
    groups.forEach(this::removed);
    reranks.clear();
  }
}
