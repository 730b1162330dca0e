// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeFalse;
import static org.junit.Assume.assumeTrue;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.engine.files.ModelFiles;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Scores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Test;

public class ExecutionProviderTest {

  private static final Path MODEL = TestModels.tiny("bert");

  private final ModelRegistry registry =
      new ModelRegistry(new ModelRegistry.Settings(1, 10, 1 << 20));

  @After
  public void close() {
    registry.close();
  }

  private CrossEncoder open(ExecutionProvider provider, int device, boolean fallback) {
    Execution execution = new Execution(provider, device, fallback, 256);
    return registry.open(MODEL, new ModelOptions(Optional.empty(), Optional.empty(), execution));
  }

  @Test
  public void oneThatTheRuntimeLacksIsSaidWithThoseItHas() {
    assumeFalse(OnnxSessions.available().contains("cuda"));
    ModelLoadException e =
        assertThrows(
            ModelLoadException.class, () -> open(ExecutionProvider.CUDA, 0, false).close());
    assertTrue(e.getMessage(), e.getMessage().startsWith(MODEL.toAbsolutePath().normalize() + ""));
    assertTrue(e.getMessage(), e.getMessage().contains("cannot run on execution provider cuda"));
    assertTrue(e.getMessage(), e.getMessage().contains("this ONNX Runtime supports cpu"));
    assertEquals(List.of(), registry.models());
  }

  @Test
  public void theCpuStepsInWhereItMayAndTheModelSaysSo() {
    assumeFalse(OnnxSessions.available().contains("cuda"));
    try (CrossEncoder plain = open(ExecutionProvider.CPU, 0, false);
        CrossEncoder fallenBack = open(ExecutionProvider.CUDA, 0, true)) {
      assertEquals("cpu", plain.spec().executionProvider());
      assertEquals("cpu instead of cuda", fallenBack.spec().executionProvider());
      assertEquals(
          plain.score("war", List.of("peace"), Deadline.NONE).logits()[0],
          fallenBack.score("war", List.of("peace"), Deadline.NONE).logits()[0],
          0);
      assertEquals(
          "computed alike, so the same scores",
          plain.spec().fingerprint(),
          fallenBack.spec().fingerprint());
    }
  }

  @Test
  public void oneCopyOfAModelForEachProviderAndDevice() {
    assumeFalse(OnnxSessions.available().contains("cuda"));
    try (CrossEncoder first = open(ExecutionProvider.CUDA, 0, true);
        CrossEncoder second = open(ExecutionProvider.CUDA, 1, true);
        CrossEncoder third = open(ExecutionProvider.CPU, 0, false);
        CrossEncoder again = open(ExecutionProvider.CPU, 0, false)) {
      assertEquals(3, registry.models().size());
      assertEquals(third.spec(), again.spec());
      assertNotEquals(first.spec().execution(), second.spec().execution());
    }
  }

  @Test
  public void scoresOfAnotherProviderAreOthers() {
    ModelSpec spec = ModelFiles.read(MODEL, ModelOptions.DEFAULTS);
    ModelSpec onGpu = spec.loaded(ExecutionProvider.CUDA, Optional.empty());
    assertNotEquals(spec.fingerprint(), onGpu.fingerprint());
    assertEquals(
        spec.fingerprint(), onGpu.loaded(ExecutionProvider.CPU, Optional.empty()).fingerprint());
  }

  @Test
  public void xnnpackWhereTheRuntimeHasIt() throws Exception {
    assumeTrue(
        "this ONNX Runtime supports " + OnnxSessions.available(),
        OnnxSessions.available().contains("xnnpack"));
    try (CrossEncoder encoder = open(ExecutionProvider.XNNPACK, 0, false)) {
      TestModels.Reference pair = TestModels.references(MODEL).get(0);
      Scores scores = encoder.score(pair.query(), List.of(pair.passage()), Deadline.NONE);
      assertEquals(pair.logit(), scores.logits()[0], 1e-3f);
      assertEquals("xnnpack", encoder.spec().executionProvider());
    }
  }
}
