// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.model.ModelLoadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Facts from an ONNX file that is not loaded. */
public class GraphFactsTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static GraphFacts of(String file) {
    return GraphFacts.of(TestModels.tiny(file));
  }

  @Test
  public void dynamicQuantizationIsFoundWhereverItIs() {
    Set<String> dynamic = Set.of("DynamicQuantizeLinear");
    assertEquals(dynamic, of("operators/dynamic.onnx").dynamicallyQuantized());
    assertEquals(dynamic, of("operators/branch.onnx").dynamicallyQuantized());
    assertEquals(dynamic, of("operators/function.onnx").dynamicallyQuantized());
    assertEquals(dynamic, of("bert/onnx/model_qint8.onnx").dynamicallyQuantized());
  }

  @Test
  public void whateverItIsCalled() {
    assertEquals(Set.of("QAttention"), of("operators/attention.onnx").dynamicallyQuantized());
    assertEquals(Set.of("MatMulNBits"), of("operators/blocks_int8.onnx").dynamicallyQuantized());
  }

  @Test
  public void otherGraphsHaveNone() {
    for (String file :
        new String[] {
          "operators/plain.onnx",
          "operators/blocks_fp32.onnx",
          "bert/onnx/model.onnx",
          "bert/onnx/model_external.onnx"
        }) {
      assertEquals(file, Set.of(), of(file).dynamicallyQuantized());
    }
  }

  @Test
  public void halfPrecisionIsThatOfTheWeights() {
    assertTrue(of("bert/onnx/model_fp16.onnx").isHalf());
    assertTrue(of("bert/onnx/model_fp16_fp32_logits.onnx").isHalf());
    assertFalse(of("bert/onnx/model.onnx").isHalf());
    assertFalse(of("bert/onnx/model_qint8.onnx").isHalf());
  }

  @Test
  public void tokensWithAnEmbeddingAreCountedInWhateverFormTheGraphIs() {
    for (String file : new String[] {"model", "model_qint8", "model_int32", "model_external"}) {
      assertEquals(file, OptionalLong.of(473), of("bert/onnx/" + file + ".onnx").tokens());
    }
    assertEquals(OptionalLong.of(402), of("deberta-v3/onnx/model.onnx").tokens());
    assertEquals(OptionalLong.empty(), of("operators/plain.onnx").tokens());
  }

  @Test
  public void aFileThatIsNoneIsNamed() throws IOException {
    byte[] graph = Files.readAllBytes(TestModels.tiny("bert/onnx/model.onnx"));
    Path half = folder.newFile("half.onnx").toPath();
    Files.write(half, Arrays.copyOf(graph, graph.length / 2));
    ModelLoadException e = assertThrows(ModelLoadException.class, () -> GraphFacts.of(half));
    assertTrue(e.getMessage(), e.getMessage().startsWith(half + ": cannot be read as ONNX"));
  }

  /** The model, its graph, a weight of it, and the weight's shape, which is 2 MiB of numbers. */
  @Test
  public void aShapeOfAnyLengthIsNotHeldInMemory() throws IOException {
    byte[] shape = field(1, new byte[2 << 20]);
    Path file = folder.newFile("shape.onnx").toPath();
    Files.write(file, field(7, field(5, shape)));
    ModelLoadException e = assertThrows(ModelLoadException.class, () -> GraphFacts.of(file));
    assertEquals(
        file + ": cannot be read as ONNX: a value of 2097152 bytes, of at most 1048576",
        e.getMessage());
  }

  private static byte[] field(int number, byte[] value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int length = value.length;
    for (; length >= 0x80; length >>>= 7) {
      out.write(length | 0x80);
    }
    out.write(length);
    out.write(value);
    return out.toByteArray();
  }
}
