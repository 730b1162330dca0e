// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.After;

/** A pool and jobs for it, with a fake model. */
public abstract class InferencePoolTestCase {

  static final int WIDTH = 10;

  final ExecutorService clients = Executors.newCachedThreadPool();
  final ScoreCache cache = new ScoreCache(1 << 20);
  InferencePool pool;

  @After
  public void close() {
    clients.shutdownNow();
    if (pool != null) {
      pool.close();
    }
  }

  void start(int threads, int maxQueuedPairs) {
    pool = new InferencePool(threads, maxQueuedPairs, cache);
  }

  static PooledModel model(Runner runner) {
    return model(runner, new SilentListener());
  }

  static PooledModel model(Runner runner, RunListener listener) {
    return new PooledModel("fake", "f", null, () -> runner, new Throughput(), listener, 1);
  }

  /** A request that shares nothing. */
  Request job(Runner runner, int pairs, Deadline deadline) {
    return job(model(runner), pairs, List.of(), deadline);
  }

  /** A request for the first passages. */
  Request shared(Runner runner, int pairs, Deadline deadline) {
    return job(model(runner), pairs, cache.keys("f", "query", passages(pairs)), deadline);
  }

  Request job(PooledModel model, int pairs, List<ScoreCache.Key> keys, Deadline deadline) {
    ScoreAccumulator scores = new ScoreAccumulator(passages(pairs));
    return new Request(pool, pool.job(model, scores, keys, deadline), pairs);
  }

  private static List<String> passages(int count) {
    return IntStream.range(0, count).mapToObj(i -> "passage " + i).toList();
  }

  /** Batches of one pair, whose score is its number. */
  static List<Batch> batches(int count) {
    return batches(count, WIDTH);
  }

  /** Batches of one pair with this number of tokens. */
  static List<Batch> batches(int count, int width) {
    return IntStream.range(0, count).mapToObj(index -> batch(index, width)).toList();
  }

  private static Batch batch(int index, int width) {
    long[] ids = new long[width];
    ids[0] = index;
    return new Batch(List.of(new Pair(index, new Encoding(ids, new long[width], false))));
  }

  /** A job and its batches. */
  record Request(InferencePool pool, ScoringJob job, int pairs) {

    Scores go() throws InterruptedException {
      return go(Collections.singleton(batches(pairs)).iterator());
    }

    Scores go(Iterator<List<Batch>> batches) throws InterruptedException {
      pool.run(job, pairs, batches);
      return job.scores.toScores();
    }

    boolean isRefused() throws InterruptedException {
      return go().outcome() == Outcome.OVERLOADED;
    }
  }

  Future<Scores> run(Request job) {
    return run(job, Collections.singleton(batches(job.pairs())).iterator());
  }

  Future<Scores> run(Request job, Iterator<List<Batch>> batches) {
    CompletableFuture<Scores> done = new CompletableFuture<>();
    clients.execute(
        () -> {
          try {
            done.complete(job.go(batches));
          } catch (InterruptedException | RuntimeException | AssertionError e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  static float[] unscored(int size) {
    float[] logits = new float[size];
    Arrays.fill(logits, Float.NaN);
    return logits;
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
