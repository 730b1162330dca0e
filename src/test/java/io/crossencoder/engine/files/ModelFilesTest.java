// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.ModelSpec.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ModelFilesTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path model;

  @Before
  public void copyModel() throws IOException {
    model = TestModels.copy(TestModels.STARTER, folder.getRoot().toPath());
  }

  private void config(String json) throws IOException {
    Files.writeString(model.resolve("config.json"), json);
  }

  private ModelSpec read() {
    return ModelFiles.read(model, ModelOptions.DEFAULTS);
  }

  private ModelSpec read(String file) {
    return ModelFiles.read(model, new ModelOptions(Optional.of(file), Optional.empty()));
  }

  /** The files to choose from. */
  private int limit() {
    return ModelFiles.read(model, new ModelOptions(Optional.empty(), Optional.of(900_000)))
        .maxLength();
  }

  private void assertUnusable(String file, String reason) {
    ModelLoadException e = assertThrows(ModelLoadException.class, this::read);
    assertTrue(e.getMessage(), e.getMessage().contains(model.resolve(file).toString()));
    assertTrue(e.getMessage(), e.getMessage().contains(reason));
  }

  @Test
  public void theDirectoryNamesTheModel() {
    assertEquals("tmdb-starter", read().name());
    assertEquals(256, read().maxLength());
    assertEquals(Activation.IDENTITY, read().activation());
  }

  @Test
  public void whatIsMissingIsNamed() throws IOException {
    Files.delete(model.resolve("tokenizer.json"));
    assertUnusable("tokenizer.json", "not found");
    Files.delete(model.resolve("config.json"));
    assertUnusable("config.json", "not found");
  }

  @Test
  public void aMissingGraphIsNamedWithThoseThatAreThere() throws IOException {
    Files.move(model.resolve("onnx/model.onnx"), model.resolve("onnx/model_O3.onnx"));
    assertUnusable("onnx/model.onnx", "model_O3.onnx");
  }

  @Test
  public void anOptimizedGraphIsTakenBeforeThePlainOne() throws IOException {
    assertEquals(model.resolve("onnx/model.onnx"), read().onnxFile());
    Files.createFile(model.resolve("onnx/model_optimized.onnx"));
    assertEquals(model.resolve("onnx/model_optimized.onnx"), read().onnxFile());
  }

  @Test
  public void theGraphMayLieAtTheTop() throws IOException {
    Files.move(model.resolve("onnx/model.onnx"), model.resolve("model.onnx"));
    assertEquals(model.resolve("model.onnx"), read().onnxFile());
  }

  @Test
  public void aConfigThatIsNoJson() throws IOException {
    config("{ not json");
    assertUnusable("config.json", "is not JSON");
    config("[]");
    assertUnusable("config.json", "is not a JSON object");
  }

  @Test
  public void theActivationUnderEachOfItsNames() throws IOException {
    String positions = "{\"max_position_embeddings\": 512, ";
    config(
        positions
            + "\"sbert_ce_default_activation_function\": \"torch.nn.modules.linear.Identity\"}");
    assertEquals(Activation.IDENTITY, read().activation());
    config(
        positions
            + "\"sentence_transformers\":"
            + " {\"activation_fn\": \"torch.nn.modules.activation.Sigmoid\"}}");
    assertEquals(Activation.SIGMOID, read().activation());
    config(positions + "\"sbert_ce_default_activation_function\": \"my.own.Thing\"}");
    assertUnusable("config.json", "my.own.Thing");
  }

  @Test
  public void robertaUsesTwoPositionsForItself() throws IOException {
    Files.delete(model.resolve("tokenizer_config.json"));
    config("{\"max_position_embeddings\": 514, \"model_type\": \"xlm-roberta\"}");
    assertEquals(512, limit());
  }

  @Test
  public void positionsAreCountedFromThePaddingToken() throws IOException {
    Files.delete(model.resolve("tokenizer_config.json"));
    config("{\"max_position_embeddings\": 514, \"model_type\": \"roberta\", \"pad_token_id\": 5}");
    assertEquals(508, limit());
    assertEquals(5, read().input().padId());
    config("{\"max_position_embeddings\": 514, \"model_type\": \"bert\", \"pad_token_id\": 5}");
    assertEquals(514, limit());
    config("{\"max_position_embeddings\": 514, \"model_type\": \"bert\", \"pad_token_id\": null}");
    assertEquals(0, read().input().padId());
  }

  @Test
  public void aTokenizersLimitCountsWhereItIsOne() throws IOException {
    config("{\"max_position_embeddings\": 8192, \"model_type\": \"modernbert\"}");
    Path limits = model.resolve("tokenizer_config.json");
    Files.writeString(limits, "{\"model_max_length\": 1000000000000000019884624838656}");
    assertEquals(8192, limit());
    Files.writeString(limits, "{\"model_max_length\": 1024}");
    assertEquals(1024, limit());
    Files.writeString(limits, "{\"model_max_length\": -1}");
    assertEquals(8192, limit());
    Files.writeString(limits, "{\"model_max_length\": null}");
    assertEquals(8192, limit());
  }

  @Test
  public void weightsThatAreALinkOutOfTheModel() throws IOException {
    Path blob = folder.newFile("blob").toPath();
    Files.createSymbolicLink(model.resolve("onnx/model.onnx_data"), blob);
    assertUnusable("onnx/model.onnx_data", "cp -rL");
  }

  @Test
  public void aModelOfThousandsOfTokensReadsAsManyAsItIsTold() throws IOException {
    config("{\"max_position_embeddings\": 8192, \"model_type\": \"modernbert\"}");
    Files.writeString(model.resolve("tokenizer_config.json"), "{\"model_max_length\": 7999}");
    assertEquals("by default", 512, read().maxLength());
    assertEquals(7999, limit());
    ModelOptions more = new ModelOptions(Optional.empty(), Optional.of(2000));
    assertEquals(2000, ModelFiles.read(model, more).maxLength());
  }

  @Test
  public void sentenceTransformersOwnLimitCountsToo() throws IOException {
    Path transformer = model.resolve("sentence_bert_config.json");
    Files.writeString(transformer, "{\"max_seq_length\": 200, \"do_lower_case\": false}");
    assertEquals(200, limit());
    Files.writeString(transformer, "{\"processing_kwargs\": {\"text\": {\"max_length\": 100}}}");
    assertEquals(100, limit());
  }

  @Test
  public void aModelThatNamesNoLimitNeedsOneFromTheUser() throws IOException {
    Files.delete(model.resolve("tokenizer_config.json"));
    config("{\"model_type\": \"bert\"}");
    assertUnusable("config.json", "max_position_embeddings");
    ModelOptions options = new ModelOptions(Optional.empty(), Optional.of(300));
    assertEquals(300, ModelFiles.read(model, options).maxLength());
  }

  @Test
  public void aLimitThatLeavesNoRoomForAPassage() throws IOException {
    ModelOptions options = new ModelOptions(Optional.empty(), Optional.of(15));
    ModelLoadException e =
        assertThrows(ModelLoadException.class, () -> ModelFiles.read(model, options));
    assertTrue(e.getMessage(), e.getMessage().contains("only 15 tokens"));
  }

  @Test
  public void theUserMayReadLessOfAPairButNotMore() {
    assertEquals(
        100,
        ModelFiles.read(model, new ModelOptions(Optional.empty(), Optional.of(100))).maxLength());
    assertEquals(
        256,
        ModelFiles.read(model, new ModelOptions(Optional.empty(), Optional.of(512))).maxLength());
  }

  @Test
  public void theFingerprintIsThatOfTheContent() throws IOException {
    String before = read().fingerprint();
    assertEquals(before, ModelFiles.read(TestModels.STARTER, ModelOptions.DEFAULTS).fingerprint());
    Files.writeString(
        model.resolve("tokenizer.json"), " ", java.nio.file.StandardOpenOption.APPEND);
    assertNotEquals(before, read().fingerprint());
  }

  @Test
  public void autoTakesTheInt8GraphOfThisProcessor() throws IOException {
    for (String name :
        new String[] {
          "model_qint8_avx512_vnni.onnx",
          "model_quint8_avx2.onnx",
          "model_qint8_arm64.onnx",
          "model_optimized_qint8_avx512_vnni.onnx"
        }) {
      Files.createFile(model.resolve("onnx").resolve(name));
    }
    assertEquals(
        Optional.of(model.resolve("onnx/model_optimized_qint8_avx512_vnni.onnx")),
        OnnxVariants.int8For(model, "avx512_vnni"));
    assertEquals(
        Optional.of(model.resolve("onnx/model_quint8_avx2.onnx")),
        OnnxVariants.int8For(model, "avx2"));
    assertEquals(
        Optional.of(model.resolve("onnx/model_qint8_arm64.onnx")),
        OnnxVariants.int8For(model, "arm64"));
    assertEquals(Optional.empty(), OnnxVariants.int8For(model, "riscv"));
  }

  @Test
  public void autoIsThePlainGraphWhereThereIsNoOther() {
    assertEquals(model.resolve("onnx/model.onnx"), read("auto").onnxFile());
  }

  @Test
  public void aGraphOutsideOfTheDirectoryIsRefused() {
    ModelLoadException e = assertThrows(ModelLoadException.class, () -> read("../other.onnx"));
    assertTrue(e.getMessage(), e.getMessage().contains("outside"));
  }

  @Test
  public void theProcessorIsReadFromItsFlags() {
    assertEquals("avx512_vnni", OnnxVariants.processor("flags: avx2 avx512f avx512_vnni"));
    assertEquals("avx2", OnnxVariants.processor("flags: avx2 avx512f"));
  }
}
