// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.metrics.Metric;
import io.crossencoder.metrics.MetricListener;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A model that loads slowly or fails to close does not affect others. */
public class RegistryLocksTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final CountDownLatch loading = new CountDownLatch(1);
  private final CountDownLatch mayLoad = new CountDownLatch(1);
  private final AtomicInteger loads = new AtomicInteger();
  private ModelRegistry registry;

  @After
  public void close() {
    mayLoad.countDown();
    registry.close();
  }

  /** A registry in which the test determines when a model is loaded. */
  private Path slow() throws IOException {
    Path slow = TestModels.copy(TestModels.STARTER, folder.newFolder("slow").toPath());
    registry =
        new ModelRegistry(
            new Settings(1, 1000, 1 << 20),
            MetricListener.NONE,
            (spec, pool, metrics) -> {
              if (spec.directory().equals(slow.toAbsolutePath().normalize())) {
                loads.incrementAndGet();
                loading.countDown();
                try {
                  mayLoad.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
              return BatchedCrossEncoder.load(spec, pool, metrics);
            });
    return slow;
  }

  private CompletableFuture<CrossEncoder> opening(Path model) {
    return CompletableFuture.supplyAsync(() -> registry.open(model, ModelOptions.DEFAULTS));
  }

  @Test(timeout = 300_000)
  public void aSlowLoadHoldsUpNobodyElse() throws Exception {
    Path slow = slow();
    CompletableFuture<CrossEncoder> opening = opening(slow);
    loading.await();
    try (CrossEncoder other = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS)) {
      assertEquals(Outcome.COMPLETE, other.score("q", List.of("p"), Deadline.NONE).outcome());
      assertEquals(1, registry.status().size());
      registry.openUncached().forEach(CrossEncoder::close);
    }
    mayLoad.countDown();
    opening.get().close();
    assertEquals(List.of(), registry.models());
  }

  @Test(timeout = 300_000)
  public void whoWantsAModelThatIsBeingLoadedWaitsForIt() throws Exception {
    Path slow = slow();
    CompletableFuture<CrossEncoder> first = opening(slow);
    CompletableFuture<CrossEncoder> second = opening(slow);
    loading.await();
    mayLoad.countDown();
    // Both before one is closed, because the last close frees the model.
    CrossEncoder one = first.get();
    CrossEncoder other = second.get();
    one.close();
    assertEquals(Outcome.COMPLETE, other.score("q", List.of("p"), Deadline.NONE).outcome());
    other.close();
    assertEquals("loaded once", 1, loads.get());
    assertEquals(List.of(), registry.models());
  }

  @Test(timeout = 300_000)
  public void closingDoesNotWaitForALoadAndLeavesNothingOfIt() throws Exception {
    CompletableFuture<CrossEncoder> opening = opening(slow());
    loading.await();
    registry.close();
    mayLoad.countDown();
    ExecutionException e = assertThrows(ExecutionException.class, opening::get);
    assertTrue(e.toString(), e.getCause().getMessage().contains("shutting down"));
    assertEquals(List.of(), registry.models());
  }

  @Test
  public void closingGoesOnBehindAFailure() throws Exception {
    List<String> removed = new ArrayList<>();
    MetricListener failing =
        new MetricListener() {
          @Override
          public void added(List<Metric> metrics) {}

          @Override
          public void removed(List<Metric> metrics) {
            removed.add(metrics.get(0).labels().get("model"));
            throw new IllegalStateException("cannot be removed");
          }
        };
    registry = new ModelRegistry(new Settings(1, 1000, 1 << 20), failing);
    List<CrossEncoder> open = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      Path copy = TestModels.copy(TestModels.STARTER, folder.newFolder().toPath());
      Path model = Files.move(copy, copy.resolveSibling(name));
      open.add(registry.open(model, ModelOptions.DEFAULTS));
    }
    IllegalStateException e = assertThrows(IllegalStateException.class, registry::close);
    assertEquals("the others' failures are there, too", 2, e.getSuppressed().length);
    removed.sort(null);
    assertEquals(List.of("a", "b", "c"), removed);
    for (CrossEncoder each : open) {
      assertThrows(
          "its tokenizer is closed",
          IllegalStateException.class,
          () -> each.windows("q", new Passage("", "p"), 1));
    }
  }
}
