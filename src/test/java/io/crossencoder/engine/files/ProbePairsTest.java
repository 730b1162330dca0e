// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ProbePairsTest {

  private static final String PAIR = "{\"query\":\"q\",\"passage\":\"p\",\"score\":1.5}";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Optional<ProbePairs> read(String json) throws IOException {
    Files.writeString(folder.getRoot().toPath().resolve("probe.json"), json);
    return ProbePairs.read(folder.getRoot().toPath());
  }

  private void assertUnusable(String json, String reason) {
    ModelLoadException e = assertThrows(ModelLoadException.class, () -> read(json));
    assertTrue(e.getMessage(), e.getMessage().contains("probe.json: "));
    assertTrue(e.getMessage(), e.getMessage().contains(reason));
  }

  private static ProbePairs.Result check(ProbePairs pairs, Path model, Deadline deadline) {
    ModelRegistry.Settings settings = new ModelRegistry.Settings(1, 100, 0);
    try (ModelRegistry registry = new ModelRegistry(settings);
        CrossEncoder encoder = registry.open(model, ModelOptions.DEFAULTS)) {
      return pairs.check(encoder, deadline).orElseThrow();
    }
  }

  private static ProbePairs starter() {
    return ProbePairs.read(TestModels.STARTER).orElseThrow();
  }

  @Test
  public void aModelWithoutProbePairsHasNone() {
    assertEquals(Optional.empty(), ProbePairs.read(folder.getRoot().toPath()));
  }

  @Test
  public void toleranceOfInt8IsThatOfTheRestUnlessTheFileSays() throws IOException {
    assertEquals(
        0.1, read("{\"tolerance\":0.1,\"pairs\":[" + PAIR + "]}").get().int8Tolerance(), 0);
    String both = "{\"tolerance\":0.1,\"int8Tolerance\":0.7,\"pairs\":[" + PAIR + "]}";
    assertEquals(0.7, read(both).get().int8Tolerance(), 0);
  }

  @Test
  public void whatIsWrongInTheFileIsNamed() {
    assertUnusable("", "is not a JSON object");
    assertUnusable("[]", "is not a JSON object");
    assertUnusable("{\"pairs\":[" + PAIR + "]}", "tolerance must be a number greater than 0");
    assertUnusable("{\"tolerance\":0,\"pairs\":[" + PAIR + "]}", "tolerance must be");
    assertUnusable("{\"tolerance\":\"1\",\"pairs\":[" + PAIR + "]}", "tolerance must be");
    assertUnusable("{\"tolerance\":1e999,\"pairs\":[" + PAIR + "]}", "tolerance must be");
    assertUnusable(
        "{\"tolerance\":1,\"int8Tolerance\":-1,\"pairs\":[" + PAIR + "]}", "int8Tolerance must be");
    assertUnusable("{\"tolerance\":1}", "has no array 'pairs'");
    assertUnusable("{\"tolerance\":1,\"pairs\":{}}", "has no array 'pairs'");
    assertUnusable("{\"tolerance\":1,\"pairs\":[]}", "has no pairs");
    assertUnusable("{\"tolerance\":1,\"pairs\":[" + PAIR + ",7]}", "pair 2 must have");
    assertUnusable(
        "{\"tolerance\":1,\"pairs\":[{\"query\":\"q\",\"score\":1}]}", "pair 1 must have");
    assertUnusable("{\"tolerance\":1,\"pairs\":[" + PAIR.replace("1.5", "NaN") + "]}", "pair 1");
  }

  @Test
  public void theBundledModelPassesItsOwn() {
    ProbePairs.Result result = check(starter(), TestModels.STARTER, Deadline.NONE);
    assertTrue(result.toString(), result.passed());
  }

  @Test
  public void thePairThatIsFurthestOffIsNamed() {
    ProbePairs right = starter();
    ProbePairs.Pair first = right.pairs().get(0);
    ProbePairs.Pair wrong = new ProbePairs.Pair("robots", "Kingpin\n\nA drunk with a hook", 99.5);
    ProbePairs pairs = new ProbePairs(0.001, 0.001, List.of(first, wrong));
    ProbePairs.Result result = check(pairs, TestModels.STARTER, Deadline.NONE);
    assertFalse(result.passed());
    assertEquals(wrong, result.pair());
    String line = result.toString();
    String start =
        "query \"robots\", passage \"Kingpin A drunk with a hook\":"
            + " expected 99.500000 ± 0.001, got ";
    assertTrue(line, line.startsWith(start));
  }

  @Test
  public void aPairThatIsNotScoredInTimeHasNotPassed() {
    ProbePairs.Result result = check(starter(), TestModels.STARTER, Deadline.in(Duration.ZERO));
    assertFalse(result.passed());
    assertTrue(result.toString(), result.toString().endsWith("got no score (partial)"));
  }

  @Test
  public void aPairThatMaxLengthCutsIsNotAsked() {
    ModelOptions shorter = new ModelOptions(Optional.empty(), Optional.of(16));
    ProbePairs.Pair fits = new ProbePairs.Pair("war", "War", 99.5);
    ProbePairs both = new ProbePairs(0.001, 0.001, List.of(starter().pairs().get(0), fits));
    try (ModelRegistry registry = new ModelRegistry(new ModelRegistry.Settings(1, 100, 0));
        CrossEncoder encoder = registry.open(TestModels.STARTER, shorter)) {
      assertEquals(Optional.empty(), starter().check(encoder, Deadline.NONE));
      assertEquals(fits, both.check(encoder, Deadline.NONE).orElseThrow().pair());
    }
  }

  @Test
  public void int8GraphsAreHeldToTheirOwnTolerance() throws IOException {
    Path model = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
    Files.move(model.resolve("onnx/model.onnx"), model.resolve("onnx/model_qint8_avx2.onnx"));
    Files.copy(model.resolve("onnx/model_qint8_avx2.onnx"), model.resolve("model.onnx"));
    ProbePairs off =
        new ProbePairs(
            0.001,
            0.5,
            starter().pairs().stream()
                .map(pair -> new ProbePairs.Pair(pair.query(), pair.passage(), pair.score() + 0.3))
                .toList());
    assertFalse(check(off, model, Deadline.NONE).passed());
    ModelOptions int8 =
        new ModelOptions(Optional.of("onnx/model_qint8_avx2.onnx"), Optional.empty());
    try (ModelRegistry registry = new ModelRegistry(new ModelRegistry.Settings(1, 100, 0));
        CrossEncoder encoder = registry.open(model, int8)) {
      assertTrue(off.check(encoder, Deadline.NONE).orElseThrow().passed());
    }
  }
}
