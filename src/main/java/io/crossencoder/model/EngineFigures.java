// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What the models of a node share: its workers, their queue, and the score cache. */
final class EngineFigures {

  private EngineFigures() {}

  static List<Figure> of(Workers workers, ScoreCache cache, LongSupplier models) {
    Map<String, String> node = Map.of();
    return List.of(
        Figure.gauge("models_loaded", node, "Models in memory.", models),
        Figure.gauge("workers", node, "Threads that run models.", workers::threads),
        Figure.gauge("workers_busy", node, "Threads that run a batch now.", workers::busy),
        Figure.gauge(
            "queue_pairs", node, "Tokenized pairs that wait for a worker.", workers::queuedPairs),
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
