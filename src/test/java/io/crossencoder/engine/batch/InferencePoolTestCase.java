// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.ModelMetrics;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.Deadline;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.After;

/** A pool, and jobs for it, with a model that does as the test says. */
public abstract class InferencePoolTestCase {

  final ExecutorService clients = Executors.newCachedThreadPool();
  InferencePool workers;

  @After
  public void close() {
    clients.shutdownNow();
    if (workers != null) {
      workers.close();
    }
  }

  static final int WIDTH = 10;

  Request job(FakeRunner runner, int batches, Deadline deadline, float[] logits) {
    List<Batch> each =
        IntStream.range(0, batches)
            .mapToObj(
                i ->
                    new Batch(
                        new int[] {i},
                        List.of(new Encoding(new long[WIDTH], new long[WIDTH], false))))
            .toList();
    return new Request(
        new ScoringJob(
            runner,
            new Throughput(),
            new ModelMetrics("fake"),
            deadline,
            logits,
            workers.newCondition()),
        each);
  }

  /** A job and what it has to run. */
  record Request(ScoringJob job, List<Batch> batches) {

    boolean on(InferencePool workers) throws InterruptedException {
      return workers.run(job, batches.size(), List.of(batches).iterator());
    }
  }

  Future<Boolean> run(Request job) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    clients.execute(
        () -> {
          try {
            done.complete(job.on(workers));
          } catch (InterruptedException e) {
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
