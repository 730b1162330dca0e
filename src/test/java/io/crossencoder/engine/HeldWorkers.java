// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.PooledModel;
import io.crossencoder.engine.batch.Runner;
import io.crossencoder.engine.batch.SilentListener;
import io.crossencoder.engine.batch.Throughput;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Keeps the workers of nodes busy: until it is closed, only cached scores are available, on a
 * machine of any speed.
 */
public final class HeldWorkers implements AutoCloseable {

  private static final long PATIENCE_MINUTES = 5;

  private final CountDownLatch letGo = new CountDownLatch(1);
  private final List<Thread> clients = new ArrayList<>();

  private HeldWorkers() {}

  /** Holds all workers; returns when they are busy. */
  public static HeldWorkers of(List<ModelRegistry> registries) {
    HeldWorkers held = new HeldWorkers();
    registries.forEach(registry -> held.hold(registry, 0));
    return held;
  }

  public static HeldWorkers of(ModelRegistry registry) {
    return of(List.of(registry));
  }

  /** Holds all workers and fills the queue. */
  public static HeldWorkers withFullQueue(ModelRegistry registry) {
    HeldWorkers held = new HeldWorkers();
    held.hold(registry, registry.pool.maxQueuedPairs());
    return held;
  }

  private void hold(ModelRegistry registry, int queued) {
    int workers = registry.workers();
    CountDownLatch busy = new CountDownLatch(workers);
    List<String> passages =
        IntStream.range(0, workers + queued).mapToObj(i -> "passage " + i).toList();
    Thread client =
        new Thread(
            () -> {
              try (PairTokenizer tokenizer =
                  PairTokenizer.load(TestModels.STARTER.resolve("tokenizer.json"), 64)) {
                PooledModel model =
                    new PooledModel(
                        "held",
                        "held",
                        tokenizer,
                        () -> new Waiting(busy, letGo),
                        new Throughput(),
                        new SilentListener(),
                        1);
                registry.pool.score(model, "held", passages, Deadline.NONE, false);
              }
            },
            "holds-workers");
    clients.add(client);
    client.start();
    try {
      if (!busy.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        close();
        throw new AssertionError("the workers do not get free");
      }
    } catch (InterruptedException e) {
      close();
      throw new AssertionError("nobody interrupts a test", e);
    }
  }

  @Override
  public void close() {
    letGo.countDown();
    try {
      for (Thread client : clients) {
        client.join(TimeUnit.MINUTES.toMillis(PATIENCE_MINUTES));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Waiting(CountDownLatch busy, CountDownLatch letGo) implements Runner {

    @Override
    public float[] run(List<Encoding> pairs) throws InterruptedException {
      busy.countDown();
      letGo.await();
      return new float[pairs.size()];
    }

    @Override
    public void cancel() {
      letGo.countDown();
    }

    @Override
    public void close() {}
  }
}
