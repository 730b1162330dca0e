// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import io.crossencoder.engine.TestModels.Reference;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** Token ids are those of Python's tokenizers, logits those of PyTorch. */
public class ReferenceLogitsTest {

  private static ModelRegistry registry;

  @BeforeClass
  public static void start() {
    registry = new ModelRegistry(new ModelRegistry.Settings(2, 1000, 0));
  }

  @AfterClass
  public static void stop() {
    registry.close();
  }

  @Test
  public void starterOverTheBundledFilms() throws Exception {
    assertReference(TestModels.STARTER, ModelOptions.DEFAULTS, TestModels.references(), 1e-4f);
  }

  @Test
  public void miniLmOverTmdb() throws Exception {
    Path miniLm = TestModels.miniLm();
    assertReference(miniLm, ModelOptions.DEFAULTS, TestModels.tmdbReferences(miniLm), 1e-4f);
  }

  @Test
  public void bertWithTokenTypes() throws Exception {
    assertTiny("bert");
  }

  @Test
  public void electraWithTwoLabels() throws Exception {
    assertTiny("electra-two-labels");
  }

  @Test
  public void robertaWithBytePairs() throws Exception {
    assertTiny("roberta");
  }

  @Test
  public void xlmRobertaWithSentencePieces() throws Exception {
    assertTiny("xlm-roberta");
  }

  @Test
  public void debertaWithRelativePositions() throws Exception {
    assertTiny("deberta-v3");
  }

  @Test
  public void modernBertWithLocalAttention() throws Exception {
    assertTiny("modernbert");
  }

  @Test
  public void modernBertWithTheHeadsOfGteAndGranite() throws Exception {
    for (String head : List.of("modernbert-mean", "modernbert-silu")) {
      Path model = TestModels.tiny(head);
      assertReference(model, ModelOptions.DEFAULTS, TestModels.references(model), 2e-5f);
    }
  }

  @Test
  public void graphsThatTakeInt32() throws Exception {
    assertVariant("model_int32.onnx", 1e-4f);
  }

  @Test
  public void weightsInAFileOfTheirOwn() throws Exception {
    assertVariant("model_external.onnx", 1e-4f);
  }

  @Test
  public void inputsAndOutputsWithoutDeclaredShapes() throws Exception {
    assertVariant("model_no_shapes.onnx", 1e-4f);
  }

  @Test
  public void logitsOfOneDimensionAndOfThree() throws Exception {
    assertVariant("model_rank1.onnx", 1e-4f);
    assertVariant("model_rank3.onnx", 1e-4f);
  }

  @Test
  public void aGraphOfOnePairWithoutAttentionMask() throws Exception {
    assertVariant("model_one_pair.onnx", 1e-4f);
  }

  @Test
  public void halfPrecision() throws Exception {
    // 11-bit precision, and logits up to 2.
    assertVariant("model_fp16.onnx", 1e-2f);
    assertVariant("model_fp16_fp32_logits.onnx", 1e-2f);
  }

  @Test
  public void theSizeOfTheBatchesChangesNothing() throws Exception {
    Path model = TestModels.tiny("roberta");
    Execution large = new Execution(ExecutionProvider.CPU, 0, false, 100_000);
    ModelOptions options = new ModelOptions(Optional.empty(), Optional.empty(), large);
    assertReference(model, options, TestModels.references(model), 1e-4f);
  }

  private static void assertTiny(String family) throws Exception {
    Path model = TestModels.tiny(family);
    assertReference(model, ModelOptions.DEFAULTS, TestModels.references(model), 1e-4f);
  }

  private static void assertVariant(String graph, float tolerance) throws Exception {
    Path model = TestModels.tiny("bert");
    ModelOptions options = new ModelOptions(Optional.of("onnx/" + graph), Optional.empty());
    assertReference(model, options, TestModels.references(model), tolerance);
  }

  private static void assertReference(
      Path model, ModelOptions options, List<Reference> references, float tolerance) {
    try (CrossEncoder encoder = registry.open(model, options);
        PairTokenizer tokenizer =
            PairTokenizer.load(model.resolve("tokenizer.json"), encoder.spec().maxLength())) {
      List<String> passages = new ArrayList<>();
      for (Reference pair : references) {
        passages.add(pair.passage());
        assertArrayEquals(
            pair.query() + " / " + pair.passage(),
            pair.ids(),
            tokenizer.encode(pair.query(), pair.passage()).ids());
      }
      for (int i = 0; i < references.size(); i++) {
        // All passages in one call: the batches that a request makes must not change a logit.
        Reference pair = references.get(i);
        Scores scores = encoder.score(pair.query(), passages, Deadline.NONE);
        assertEquals(pair.query(), pair.logit(), scores.logits()[i], tolerance);
      }
    }
  }
}
