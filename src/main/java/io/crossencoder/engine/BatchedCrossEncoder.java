// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.InferencePool;
import io.crossencoder.engine.batch.PooledModel;
import io.crossencoder.engine.batch.Throughput;
import io.crossencoder.engine.onnx.OnnxModel;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Windows;
import java.util.List;
import java.util.Optional;

/**
 * A loaded model: its tokenizer, its ONNX model, and the pool that runs it. Closing it frees
 * tokenizer and ONNX model. Thread-safe.
 */
final class BatchedCrossEncoder implements AutoCloseable {

  private final ModelSpec spec;
  private final PairTokenizer tokenizer;
  private final OnnxModel model;
  private final InferencePool pool;
  private final ModelMetrics metrics;
  private final PooledModel pooled;

  private BatchedCrossEncoder(
      ModelSpec spec,
      PairTokenizer tokenizer,
      OnnxModel model,
      InferencePool pool,
      ModelMetrics metrics,
      Throughput throughput) {
    this.spec = spec;
    this.tokenizer = tokenizer;
    this.model = model;
    this.pool = pool;
    this.metrics = metrics;
    pooled =
        new PooledModel(
            spec.name(),
            spec.fingerprint(),
            tokenizer,
            model::runner,
            throughput,
            metrics,
            spec.batchCells());
  }

  /**
   * Loads a model and runs the load test.
   *
   * @param metrics receives the calls and runs of the model
   * @throws ModelLoadException with the file and the reason
   */
  static BatchedCrossEncoder load(ModelSpec spec, InferencePool pool, ModelMetrics metrics) {
    PairTokenizer tokenizer =
        PairTokenizer.load(
            spec.directory().resolve("tokenizer.json"), spec.maxLength(), spec.input().template());
    try {
      OnnxModel model = OnnxModel.load(spec);
      try {
        Throughput throughput = new Throughput();
        Optional<String> alone = ModelProbe.run(spec, tokenizer, model, throughput);
        ModelSpec loaded = spec.loaded(model.provider(), alone);
        return new BatchedCrossEncoder(loaded, tokenizer, model, pool, metrics, throughput);
      } catch (RuntimeException | Error e) {
        Closing.after(e, model::close);
        throw e;
      }
    } catch (RuntimeException | Error e) {
      Closing.after(e, tokenizer::close);
      throw e;
    }
  }

  ModelSpec spec() {
    return spec;
  }

  /**
   * Scores pairs.
   *
   * @param sharing whether to use the score cache and share pairs with concurrent requests
   */
  Scores score(String query, List<String> passages, Deadline deadline, boolean sharing) {
    Scores scores = pool.score(pooled, query, passages, deadline, sharing);
    metrics.called(scores);
    return scores;
  }

  /** Recent speed in padded tokens per second and worker; 0 before the first run. */
  double cellsPerSecond() {
    return pooled.throughput().cellsPerSecond();
  }

  Windows windows(String query, Passage passage, int max) {
    if (pool.isEnding()) {
      return Windows.NONE;
    }
    Windows windows = tokenizer.windows(query, passage, max);
    metrics.cut(windows);
    return windows;
  }

  @Override
  public void close() {
    Closing.all(List.of(model::close, tokenizer::close));
  }
}
