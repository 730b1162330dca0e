// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.RunListener;
import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Windows;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * The metrics of all models with one name. There are several if cores load a model with different
 * options, or if files change before a core is reloaded. Counts once per call or run, never per
 * token. Thread-safe.
 */
final class ModelMetrics implements RunListener {

  private final LongAdder pairsScored = new LongAdder();
  private final LongAdder pairsCached = new LongAdder();
  private final LongAdder pairsShared = new LongAdder();
  private final LongAdder tokens = new LongAdder();
  private final LongAdder truncated = new LongAdder();
  private final LongAdder windows = new LongAdder();
  private final LongAdder runFailures = new LongAdder();
  private final Durations inference = new Durations();
  private final Durations queueWait = new Durations();
  private final List<LoadedModel> loaded = new CopyOnWriteArrayList<>();
  private final List<Metric> metrics;

  ModelMetrics(String model) {
    this.metrics = metrics(Map.of("model", model));
  }

  private List<Metric> metrics(Map<String, String> model) {
    return List.of(
        Metric.info("model_info", model, "The loaded ONNX model.", this::describeLoaded),
        Metric.gauge("model_bytes", model, "Size of the ONNX files on disk.", this::bytes),
        Metric.counter("pairs_scored_total", model, "Pairs scored by the model.", pairsScored::sum),
        Metric.counter(
            "pairs_cached_total", model, "Pairs found in the score cache.", pairsCached::sum),
        Metric.counter(
            "pairs_shared_total",
            model,
            "Pairs scored for a concurrent request.",
            pairsShared::sum),
        Metric.counter("tokens_total", model, "Tokens processed, without padding.", tokens::sum),
        Metric.counter("truncated_total", model, "Pairs that were truncated.", truncated::sum),
        Metric.counter("windows_total", model, "Passage windows and values.", windows::sum),
        Metric.counter(
            "run_failures_total",
            model,
            "Batches that failed or returned a value that is not a number.",
            runFailures::sum),
        Metric.durations("inference_seconds", model, "Inference time of a batch.", inference),
        Metric.durations(
            "queue_wait_seconds", model, "Waiting time of the first batch of a call.", queueWait));
  }

  List<Metric> metrics() {
    return metrics;
  }

  /** Adds a model; returns whether it is the first one with this name. */
  boolean loaded(LoadedModel model) {
    loaded.add(model);
    return loaded.size() == 1;
  }

  /** Removes a model; returns whether it was the last one with this name. */
  boolean unloaded(LoadedModel model) {
    loaded.remove(model);
    return loaded.isEmpty();
  }

  /** Counts a call. */
  void called(Scores scores) {
    Scores.Work work = scores.work();
    pairsScored.add(scores.scored() - work.cached() - work.shared());
    pairsCached.add(work.cached());
    pairsShared.add(work.shared());
    tokens.add(work.tokens());
    int cut = 0;
    for (boolean each : scores.truncated()) {
      cut += each ? 1 : 0;
    }
    truncated.add(cut);
  }

  void cut(Windows cut) {
    windows.add(cut.texts().size());
    truncated.add(cut.truncated() ? 1 : 0);
  }

  @Override
  public void ran(long nanos) {
    inference.record(nanos);
  }

  @Override
  public void runFailed() {
    runFailures.increment();
  }

  @Override
  public void waited(long nanos) {
    queueWait.record(nanos);
  }

  private List<Map<String, String>> describeLoaded() {
    return loaded.stream()
        .map(
            model ->
                Map.of("fingerprint", model.spec().shortFingerprint(), "file", model.spec().file()))
        .toList();
  }

  private long bytes() {
    return loaded.stream().mapToLong(model -> model.spec().bytes()).sum();
  }
}
