// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.Workers;
import io.crossencoder.metrics.Figure;
import io.crossencoder.metrics.FigureListener;
import io.crossencoder.model.ModelSpec;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of a node: of each model by its name, and of what the models share, its workers,
 * their queue and the score cache. Guarded by those who load.
 */
final class EngineFigures {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final FigureListener listener;
  private final Map<String, ModelFigures> byName = new HashMap<>();

  EngineFigures(FigureListener listener) {
    this.listener = listener;
  }

  /** Those of the models of this name; new ones, if none is loaded. */
  ModelFigures of(String name) {
    return byName.computeIfAbsent(name, ModelFigures::new);
  }

  /** There is one more; with the figures that {@link #of} gave for its name. */
  LoadedModel loaded(ModelSpec spec, long nanos) {
    LoadedModel model = LoadedModel.now(spec, nanos);
    ModelFigures figures = of(spec.name());
    if (figures.loaded(model)) {
      listener.added(figures.figures());
    }
    log.info(
        "model {} loaded in {} ms: {}, {} bytes, fingerprint {}",
        spec.name(),
        model.loading().toMillis(),
        model.file(),
        model.bytes(),
        model.shortFingerprint());
    return model;
  }

  /** It is gone. */
  void unloaded(LoadedModel model) {
    String name = model.spec().name();
    if (of(name).unloaded(model)) {
      listener.removed(byName.remove(name).figures());
    }
    log.info("model {} unloaded, fingerprint {}", name, model.shortFingerprint());
  }

  /** The node is there, with no model yet. */
  void began(Workers workers, ScoreCache cache, LongSupplier models) {
    listener.added(shared(workers, cache, models));
  }

  private static List<Figure> shared(Workers workers, ScoreCache cache, LongSupplier models) {
    Map<String, String> node = Map.of();
    return List.of(
        Figure.gauge("models_loaded", node, "Models in memory.", models),
        Figure.gauge("workers", node, "Threads that run models.", workers::threads),
        Figure.gauge("workers_busy", node, "Threads that run a batch now.", workers::busy),
        Figure.gauge(
            "queue_pairs",
            node,
            "Pairs that are tokenized, or wait for a worker.",
            workers::queuedPairs),
        Figure.gauge("queue_limit_pairs", node, "Pairs that may wait.", workers::maxQueuedPairs),
        Figure.counter(
            "queue_refusals_total",
            node,
            "Calls that were refused because too many pairs waited.",
            workers::refused),
        Figure.gauge("score_cache_entries", node, "Scores in the score cache.", cache::entries),
        Figure.gauge(
            "score_cache_bytes",
            node,
            "Memory of the score cache, estimated.",
            () -> cache.entries() * ScoreCache.BYTES_PER_ENTRY),
        Figure.gauge("score_cache_limit_bytes", node, "Memory it may take.", cache::maxBytes),
        Figure.counter(
            "score_cache_hits_total", node, "Pairs that the score cache knew.", cache::hits),
        Figure.counter(
            "score_cache_misses_total", node, "Pairs that it did not know.", cache::misses));
  }
}
