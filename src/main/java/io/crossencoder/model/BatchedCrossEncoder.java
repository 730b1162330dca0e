// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.Optional;

/**
 * A loaded model: its tokenizer, its graph, and the way of a request through them. Closing it frees
 * both.
 */
final class BatchedCrossEncoder implements CrossEncoder {

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
  static final int BATCH_CELLS = 256;

  private final ModelSpec spec;
  private final PairTokenizer tokenizer;
  private final OnnxModel model;
  private final Workers workers;
  private final ScoreCache cache;
  private final int batchCells;
  private final ModelFigures figures;
  private final Throughput throughput = new Throughput();

  private BatchedCrossEncoder(
      ModelSpec spec,
      PairTokenizer tokenizer,
      OnnxModel model,
      Workers workers,
      ScoreCache cache,
      ModelFigures figures,
      int batchCells) {
    this.spec = spec;
    this.tokenizer = tokenizer;
    this.model = model;
    this.workers = workers;
    this.cache = cache;
    this.figures = figures;
    this.batchCells = batchCells;
  }

  /**
   * Loads a model and scores two pairs with it, so that what is wrong with it shows now.
   *
   * @param figures counts what it does
   * @throws ModelLoadException naming the file and the reason
   */
  static BatchedCrossEncoder load(
      ModelSpec spec, Workers workers, ScoreCache cache, ModelFigures figures) {
    return load(spec, workers, cache, figures, BATCH_CELLS);
  }

  /** The same with batches of another size, to measure which one is the fastest. */
  static BatchedCrossEncoder load(
      ModelSpec spec, Workers workers, ScoreCache cache, ModelFigures figures, int batchCells) {
    PairTokenizer tokenizer =
        PairTokenizer.load(spec.directory().resolve("tokenizer.json"), spec.maxLength());
    try {
      OnnxModel model = OnnxModel.load(spec);
      try {
        var encoder =
            new BatchedCrossEncoder(spec, tokenizer, model, workers, cache, figures, batchCells);
        encoder.probe();
        return encoder;
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private void probe() {
    // Of two lengths, so that padding and the attention mask have their part in it.
    List<String> passages = List.of("", "Apocalypse Now\n\nA captain is sent up the river.");
    Scored scored = new Scored(passages.size());
    score("vietnam war", passages, Deadline.NONE, scored, new ModelFigures(spec.name()));
    for (float logit : scored.logits) {
      if (!Float.isFinite(logit)) {
        String reason = scored.failure.map(Throwable::getMessage).orElse("it gave " + logit);
        throw new ModelLoadException(spec.onnxFile(), "cannot score a pair: " + reason);
      }
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
      score(query, missed, deadline, computed, figures);
      scored.merge(computed, misses, keyOf, cache);
    }
    return counted(scored.toScores());
  }

  /** Scores what the cache knows, too, and tells it nothing: to see whether the model is well. */
  Scores scoreAnew(String query, List<String> passages, Deadline deadline) {
    Scored scored = new Scored(passages.size());
    score(query, passages, deadline, scored, figures);
    return counted(scored.toScores());
  }

  private Scores counted(Scores scores) {
    figures.called(scores);
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
    figures.cut(cut);
    return cut;
  }

  /** Tokenizes, batches, runs: what the cache did not know. */
  private void score(
      String query, List<String> passages, Deadline deadline, Scored into, ModelFigures figures) {
    try {
      RequestBatches batches =
          new RequestBatches(tokenizer, tokenizer.fitQuery(query), passages, deadline, batchCells);
      ScoringJob job =
          new ScoringJob(
              model.runner(), throughput, figures, deadline, into.logits, workers.newCondition());
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
}
