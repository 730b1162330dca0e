// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.metrics.MetricListener;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Scores.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public class ModelRegistryTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ModelRegistry registry = new ModelRegistry(new Settings(2, 1000, 1 << 20));

  @After
  public void close() {
    registry.close();
  }

  private CrossEncoder open(Path model) {
    return registry.open(model, ModelOptions.DEFAULTS);
  }

  @Test
  public void aModelIsInMemoryOnceAndUntilItsLastUserCloses() {
    CrossEncoder first = open(TestModels.STARTER);
    CrossEncoder second = open(TestModels.STARTER);
    assertEquals(1, registry.models().size());
    first.close();
    first.close();
    assertEquals(1, registry.models().size());
    assertEquals(Outcome.COMPLETE, second.score("q", List.of("p"), Deadline.NONE).outcome());
    second.close();
    assertEquals(List.of(), registry.models());
  }

  @Test
  public void filesThatChangedAreAnotherModel() throws IOException {
    Path copy = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
    for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
      try (CrossEncoder before = open(copy)) {
        Files.writeString(copy.resolve(file), "\n", StandardOpenOption.APPEND);
        try (CrossEncoder after = open(copy)) {
          assertNotEquals(file, before.spec().fingerprint(), after.spec().fingerprint());
          assertEquals(2, registry.models().size());
        }
      }
    }
  }

  @Test
  public void weightsBesideTheGraphAreOfTheModel() throws IOException {
    Path copy = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
    for (String file : List.of("model.onnx_data", "model.onnx.data")) {
      String before = open(copy).spec().fingerprint();
      Files.writeString(copy.resolve("onnx").resolve(file), "weights");
      assertNotEquals(before, open(copy).spec().fingerprint());
    }
  }

  @Test
  public void aModelThatChangesWhileItIsLoadedIsNotTakenForWhatItWas() throws IOException {
    Path copy = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
    ModelRegistry late =
        new ModelRegistry(
            new Settings(1, 1000, 1 << 20),
            MetricListener.NONE,
            (spec, pool, metrics) -> {
              replace(copy);
              return BatchedCrossEncoder.load(spec, pool, metrics);
            });
    try (late) {
      ModelLoadException e =
          assertThrows(ModelLoadException.class, () -> late.open(copy, ModelOptions.DEFAULTS));
      assertTrue(e.getMessage(), e.getMessage().contains("changed while they were being loaded"));
      assertEquals(List.of(), late.models());
    }
  }

  private static void replace(Path model) {
    try {
      TestModels.negate(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test(timeout = 300_000)
  public void aModelLoadsWhileTheQueueIsFull() throws Exception {
    try (ModelRegistry full = new ModelRegistry(new Settings(1, 1, 0));
        CrossEncoder busy = full.open(TestModels.STARTER, ModelOptions.DEFAULTS);
        HeldWorkers held = HeldWorkers.withFullQueue(full)) {
      assertEquals(Outcome.OVERLOADED, busy.score("war", List.of("a"), Deadline.NONE).outcome());
      Path copy = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
      full.open(copy, ModelOptions.DEFAULTS).close();
    }
  }

  @Test
  public void aUserMayCallAModelByAnotherName() throws IOException {
    try (CrossEncoder one = open(TestModels.STARTER);
        CrossEncoder other = registry.open("films", TestModels.STARTER, ModelOptions.DEFAULTS)) {
      assertEquals("tmdb-starter", one.spec().name());
      assertEquals("films", other.spec().name());
      assertEquals(1, registry.models().size());
    }
  }

  @Test
  public void aClosedRegistryLoadsNothing() {
    registry.close();
    assertThrows(IllegalStateException.class, () -> open(TestModels.STARTER));
  }

  @Test
  public void aTruncatedGraphIsNamed() throws IOException {
    Path copy = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
    Path graph = copy.resolve("onnx/model.onnx");
    byte[] bytes = Files.readAllBytes(graph);
    Files.write(graph, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    ModelLoadException e = assertThrows(ModelLoadException.class, () -> open(copy));
    assertTrue(e.getMessage(), e.getMessage().contains(graph.toString()));
    assertEquals(List.of(), registry.models());
  }

  @Test
  public void aTokenizerThatIsNoneIsNamed() throws IOException {
    Path copy = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
    Files.writeString(copy.resolve("tokenizer.json"), "{}");
    ModelLoadException e = assertThrows(ModelLoadException.class, () -> open(copy));
    assertTrue(e.getMessage(), e.getMessage().contains("tokenizer.json"));
  }

  @Test
  public void aGraphThatIsNoCrossEncoderIsNamed() throws IOException {
    Path copy = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
    Files.writeString(copy.resolve("onnx/model.onnx"), "not a graph");
    assertThrows(ModelLoadException.class, () -> open(copy));
  }

  @Test(timeout = 300_000)
  public void closingWhileRequestsRunCrashesNothing() throws Exception {
    List<String> passages = IntStream.range(0, 200).mapToObj(i -> "war ".repeat(i)).toList();
    for (int round = 0; round < 5; round++) {
      ModelRegistry shortLived = new ModelRegistry(new Settings(2, 100_000, 0));
      CrossEncoder encoder = shortLived.open(TestModels.STARTER, ModelOptions.DEFAULTS);
      AtomicInteger answered = new AtomicInteger();
      List<Thread> clients =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      new Thread(() -> askUntilItIsClosed(encoder, "war " + i, passages, answered)))
              .toList();
      clients.forEach(Thread::start);
      // At once, or during the requests after the first one.
      while (answered.get() < 2 * round) {
        Thread.onSpinWait();
      }
      encoder.close();
      shortLived.close();
      for (Thread client : clients) {
        client.join();
      }
    }
  }

  private static void askUntilItIsClosed(
      CrossEncoder encoder, String query, List<String> passages, AtomicInteger answered) {
    while (encoder.score(query, passages, Deadline.NONE).outcome() == Outcome.COMPLETE) {
      answered.incrementAndGet();
    }
  }
}
