// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import io.crossencoder.model.Scores.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
  private final Throughput throughput = new Throughput();

  private BatchedCrossEncoder(
      ModelSpec spec,
      PairTokenizer tokenizer,
      OnnxModel model,
      Workers workers,
      ScoreCache cache,
      int batchCells) {
    this.spec = spec;
    this.tokenizer = tokenizer;
    this.model = model;
    this.workers = workers;
    this.cache = cache;
    this.batchCells = batchCells;
  }

  /**
   * Loads a model and tries it, so that what is wrong with it shows now.
   *
   * @throws ModelLoadException naming the file and the reason
   */
  static BatchedCrossEncoder load(ModelSpec spec, Workers workers, ScoreCache cache) {
    return load(spec, workers, cache, spec.execution().batchCells());
  }

  /** The same with batches of another size, to measure which one is the fastest. */
  static BatchedCrossEncoder load(
      ModelSpec spec, Workers workers, ScoreCache cache, int batchCells) {
    PairTokenizer tokenizer =
        PairTokenizer.load(spec.directory().resolve("tokenizer.json"), spec.maxLength());
    try {
      OnnxModel model = OnnxModel.load(spec);
      try {
        ModelProbe.run(spec, tokenizer, model);
        ModelSpec loaded = spec.computedBy(model.provider());
        return new BatchedCrossEncoder(loaded, tokenizer, model, workers, cache, batchCells);
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    } catch (RuntimeException e) {
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
    return scored.toScores();
  }

  @Override
  public Windows windows(String query, Passage passage, int most) {
    String fitted = tokenizer.fitQuery(query);
    return new WindowCutter(text -> tokenizer.spans(fitted, text)).cut(passage, most);
  }

  /** Tokenizes, batches, runs: what the cache did not know. */
  private void score(String query, List<String> passages, Deadline deadline, Scored into) {
    try {
      RequestBatches batches =
          new RequestBatches(tokenizer, tokenizer.fitQuery(query), passages, deadline, batchCells);
      ScoringJob job =
          new ScoringJob(model.runner(), throughput, deadline, into.logits, workers.newCondition());
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

  /** What is known so far of the passages of one call. */
  private static final class Scored {

    private final float[] logits;
    private final boolean[] truncated;
    private int cached;
    private int tokens;
    private int batches;
    private long inferenceNanos;
    private boolean overloaded;
    private Optional<Throwable> failure = Optional.empty();

    Scored(int size) {
      logits = new float[size];
      truncated = new boolean[size];
      Arrays.fill(logits, Float.NaN);
    }

    /** Takes what the cache knows; gives the indices of the others. */
    List<Integer> takeKnown(List<ScoreCache.Key> keys, ScoreCache cache) {
      List<Integer> misses = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        Optional<ScoreCache.Entry> known = cache.get(keys.get(i));
        if (known.isPresent()) {
          logits[i] = known.get().logit();
          truncated[i] = known.get().truncated();
          cached++;
        } else {
          misses.add(i);
        }
      }
      return Collections.unmodifiableList(misses);
    }

    void take(ScoringJob job, List<Encoding> encodings, ModelSpec.Activation activation) {
      tokens = job.tokens();
      batches = job.batches();
      inferenceNanos = job.inferenceNanos();
      failure = job.failure();
      for (int i = 0; i < encodings.size(); i++) {
        logits[i] = activation.apply(logits[i]);
        truncated[i] = encodings.get(i).truncated() && !Float.isNaN(logits[i]);
      }
    }

    void merge(Scored computed, List<Integer> at, List<ScoreCache.Key> keys, ScoreCache cache) {
      for (int i = 0; i < at.size(); i++) {
        float logit = computed.logits[i];
        if (!Float.isNaN(logit)) {
          logits[at.get(i)] = logit;
          truncated[at.get(i)] = computed.truncated[i];
          cache.put(keys.get(at.get(i)), new ScoreCache.Entry(logit, computed.truncated[i]));
        }
      }
      tokens = computed.tokens;
      batches = computed.batches;
      inferenceNanos = computed.inferenceNanos;
      overloaded = computed.overloaded;
      failure = computed.failure;
    }

    Scores toScores() {
      int scored = 0;
      for (float logit : logits) {
        scored += Float.isNaN(logit) ? 0 : 1;
      }
      return new Scores(
          logits,
          truncated,
          scored,
          cached,
          tokens,
          batches,
          inferenceNanos,
          outcome(scored),
          failure);
    }

    private Outcome outcome(int scored) {
      if (failure.isPresent()) {
        return Outcome.FAILED;
      }
      if (overloaded) {
        return Outcome.OVERLOADED;
      }
      return scored == logits.length ? Outcome.COMPLETE : Outcome.PARTIAL;
    }
  }
}
