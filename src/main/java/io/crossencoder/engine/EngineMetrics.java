// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.InferencePool;
import io.crossencoder.engine.batch.ScoreCache;
import io.crossencoder.metrics.Metric;
import io.crossencoder.metrics.MetricListener;
import io.crossencoder.model.ModelSpec;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a node: of each model by name, and of the worker pool, its queue and the score
 * cache. Thread-safe.
 */
final class EngineMetrics {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final MetricListener listener;
  private final Map<String, ModelMetrics> byName = new HashMap<>();

  EngineMetrics(MetricListener listener) {
    this.listener = listener;
  }

  /** The metrics of the models with this name; new ones if none is loaded. */
  synchronized ModelMetrics of(String name) {
    return byName.computeIfAbsent(name, ModelMetrics::new);
  }

  /** Registers a loaded model; {@link #of} must have been called for its name. */
  synchronized LoadedModel loaded(ModelSpec spec, long nanos) {
    LoadedModel model = new LoadedModel(spec, Instant.now(), Duration.ofNanos(nanos));
    ModelMetrics metrics = of(spec.name());
    if (metrics.loaded(model)) {
      listener.added(metrics.metrics());
    }
    log.info(
        "model {} loaded in {} ms: {}, {} bytes, fingerprint {}, {}",
        spec.name(),
        model.loading().toMillis(),
        spec.file(),
        spec.bytes(),
        spec.shortFingerprint(),
        spec.alone().map(why -> "one pair per run: " + why).orElse("pairs in batches"));
    return model;
  }

  /** Unregisters a model. */
  synchronized void unloaded(LoadedModel model) {
    String name = model.spec().name();
    if (of(name).unloaded(model)) {
      listener.removed(byName.remove(name).metrics());
    }
    log.info("model {} unloaded, fingerprint {}", name, model.spec().shortFingerprint());
  }

  /** Registers the metrics of the node, before the first model is loaded. */
  void began(InferencePool pool, ScoreCache cache, LongSupplier models) {
    listener.added(shared(pool, cache, models));
  }

  private static List<Metric> shared(InferencePool pool, ScoreCache cache, LongSupplier models) {
    Map<String, String> node = Map.of();
    return List.of(
        Metric.gauge("models_loaded", node, "Models in memory.", models),
        Metric.gauge("workers", node, "Worker threads.", pool::threads),
        Metric.gauge("workers_busy", node, "Worker threads that are running a batch.", pool::busy),
        Metric.gauge(
            "queue_pairs",
            node,
            "Pairs that are being tokenized or wait for a worker.",
            pool::queuedPairs),
        Metric.gauge(
            "queue_limit_pairs", node, "Maximum number of waiting pairs.", pool::maxQueuedPairs),
        Metric.counter(
            "queue_refusals_total",
            node,
            "Calls that were rejected because the queue was full.",
            pool::refused),
        Metric.gauge("score_cache_entries", node, "Scores in the score cache.", cache::entries),
        Metric.gauge(
            "score_cache_bytes",
            node,
            "Estimated memory of the score cache.",
            () -> cache.entries() * ScoreCache.BYTES_PER_ENTRY),
        Metric.gauge(
            "score_cache_limit_bytes", node, "Maximum memory of the score cache.", cache::maxBytes),
        Metric.counter(
            "score_cache_hits_total", node, "Pairs found in the score cache.", cache::hits),
        Metric.counter(
            "score_cache_misses_total",
            node,
            "Pairs not found in the score cache.",
            cache::misses));
  }
}
