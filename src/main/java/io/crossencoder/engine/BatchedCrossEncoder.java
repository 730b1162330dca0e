// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.InferencePool;
import io.crossencoder.engine.batch.RequestBatches;
import io.crossencoder.engine.batch.Scored;
import io.crossencoder.engine.batch.ScoringJob;
import io.crossencoder.engine.batch.Throughput;
import io.crossencoder.engine.onnx.OnnxModel;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.engine.tokens.WindowCutter;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Windows;
import java.util.List;
import java.util.Optional;

/**
 * A loaded model: its tokenizer, its graph, and the way of a request through them. Closing it frees
 * both.
 */
public final class BatchedCrossEncoder implements CrossEncoder {

  /**
   * Cells of a batch, padding included. CPU of other sizes relative to this one, for MiniLM-L6's
   * shape and the passages of TMDB, by {@code scripts/bench.sh --sweep}:
   *
   * <pre>
   *         64   128   200   256   300   400   512   768  1024  2048
   * fp32  1.16  1.08  1.03     1  1.02  1.04  1.08  1.16  1.21  1.59
   * int8  1.02  1.03  1.02     1  0.98  1.04  1.03  1.25  1.29  1.78
   * </pre>
   */
  public static final int BATCH_CELLS = 256;

  private final ModelSpec spec;
  private final PairTokenizer tokenizer;
  private final OnnxModel model;
  private final InferencePool workers;
  private final ScoreCache cache;
  private final int batchCells;
  private final Throughput throughput = new Throughput();
  private ModelMetrics metrics;

  private BatchedCrossEncoder(
      ModelSpec spec,
      PairTokenizer tokenizer,
      OnnxModel model,
      InferencePool workers,
      ScoreCache cache,
      int batchCells) {
    this.spec = spec;
    this.tokenizer = tokenizer;
    this.model = model;
    this.workers = workers;
    this.cache = cache;
    this.batchCells = batchCells;
    this.metrics = new ModelMetrics(spec.name());
  }

  /**
   * Loads a model and tries it, so that what is wrong with it shows now.
   *
   * @throws ModelLoadException naming the file and the reason
   */
  static BatchedCrossEncoder load(ModelSpec spec, InferencePool workers, ScoreCache cache) {
    return load(spec, workers, cache, spec.execution().batchCells());
  }

  /** The same with batches of another size, to measure which one is the fastest. */
  static BatchedCrossEncoder load(
      ModelSpec spec, InferencePool workers, ScoreCache cache, int batchCells) {
    PairTokenizer tokenizer =
        PairTokenizer.load(spec.directory().resolve("tokenizer.json"), spec.maxLength());
    try {
      OnnxModel model = OnnxModel.load(spec);
      try {
        ModelSpec loaded = spec.computedBy(model.provider());
        // In a batch of one cell there is one pair, however long it is.
        int cells = model.onePair() ? 1 : batchCells;
        var encoder = new BatchedCrossEncoder(loaded, tokenizer, model, workers, cache, cells);
        ModelProbe.run(spec, tokenizer, model, encoder.throughput);
        return encoder;
      } catch (RuntimeException | Error e) {
        model.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public Scores score(String query, List<String> passages, Deadline deadline) {
    Scored scored = new Scored(passages.size());
    ScoreCache.Keys keys = cache.keys(spec.fingerprint(), query);
    List<ScoreCache.Key> keyOf = passages.stream().map(keys::of).toList();
    List<Integer> misses = scored.takeKnown(keyOf, cache);
    if (!misses.isEmpty()) {
      List<String> missed = misses.stream().map(passages::get).toList();
      Scored computed = new Scored(missed.size());
      score(query, missed, deadline, computed);
      scored.merge(computed, misses, keyOf, cache);
    }
    return counted(scored.toScores());
  }

  /** The same model without its cache: to see whether it is well. Closing it does nothing. */
  CrossEncoder uncached() {
    return new Uncached(this);
  }

  private Scores scoreAnew(String query, List<String> passages, Deadline deadline) {
    Scored scored = new Scored(passages.size());
    score(query, passages, deadline, scored);
    return counted(scored.toScores());
  }

  /** Counts what it does among these metrics from now on; before anybody else knows it. */
  void countInto(ModelMetrics shared) {
    metrics = shared;
  }

  private Scores counted(Scores scores) {
    metrics.called(scores);
    return scores;
  }

  /** Cells a second and worker, of late; 0 if it has not run yet. */
  double cellsPerSecond() {
    return throughput.cellsPerSecond();
  }

  @Override
  public Windows windows(String query, Passage passage, int most) {
    String fitted = tokenizer.fitQuery(query);
    Windows cut = new WindowCutter(text -> tokenizer.spans(fitted, text)).cut(passage, most);
    metrics.cut(cut);
    return cut;
  }

  /** Tokenizes, batches, runs: what the cache did not know. */
  private void score(String query, List<String> passages, Deadline deadline, Scored into) {
    try {
      RequestBatches batches =
          new RequestBatches(tokenizer, workers.loop(), query, passages, deadline, batchCells);
      ScoringJob job =
          new ScoringJob(
              model.runner(), throughput, metrics, deadline, into.logits, workers.newCondition());
      try {
        into.overloaded = !workers.run(job, passages.size(), batches);
      } finally {
        into.take(job, batches.encodings(), spec.activation());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError e) {
      into.failure = Optional.of(e);
    }
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }

  private record Uncached(BatchedCrossEncoder model) implements CrossEncoder {

    @Override
    public ModelSpec spec() {
      return model.spec;
    }

    @Override
    public Scores score(String query, List<String> passages, Deadline deadline) {
      return model.scoreAnew(query, passages, deadline);
    }

    @Override
    public Windows windows(String query, Passage passage, int most) {
      return model.windows(query, passage, most);
    }

    @Override
    public void close() {}
  }
}
