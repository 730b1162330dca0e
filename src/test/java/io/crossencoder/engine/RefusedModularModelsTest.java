// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.Before;
import org.junit.Test;

/** Unsupported modular models are rejected; the message contains the file and the reason. */
public class RefusedModularModelsTest extends RegistryTestCase {

  private static final String DENSE = "4_Dense/model.safetensors";
  private static final String LIST = "modules.json";

  private Path model;

  @Before
  public void copy() throws IOException {
    model = TestModels.copy(TestModels.tiny("ettin-tiny"), folder.getRoot().toPath());
  }

  private void assertRefused(String file, String reason) throws IOException {
    assertRefused(model, model.resolve(file), reason);
    restore(file);
  }

  private void restore(String file) throws IOException {
    Path original = TestModels.tiny("ettin-tiny").resolve(file);
    if (Files.exists(original)) {
      Files.write(model.resolve(file), Files.readAllBytes(original));
    }
  }

  private void edit(String file, String from, String to) throws IOException {
    String text = Files.readString(model.resolve(file));
    assertTrue(from, text.contains(from));
    Files.writeString(model.resolve(file), text.replace(from, to));
  }

  private void write(String header, int numbers) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + numbers);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    Files.write(model.resolve(DENSE), bytes.array());
  }

  @Test
  public void aFileThatIsMissing() throws IOException {
    for (String file :
        new String[] {
          "config_sentence_transformers.json",
          "1_Pooling/config.json",
          "2_Dense/config.json",
          DENSE,
          "3_LayerNorm/model.safetensors"
        }) {
      Files.delete(model.resolve(file));
      assertRefused(file, "not found");
    }
  }

  @Test
  public void aPickleInPlaceOfWeights() throws IOException {
    Files.move(model.resolve(DENSE), model.resolve("4_Dense/pytorch_model.bin"));
    assertRefused("4_Dense/pytorch_model.bin", "pickle");
  }

  @Test
  public void aModuleThatIsNotKnown() throws IOException {
    edit(LIST, "layer_norm.LayerNorm", "cnn.CNN");
    assertRefused(LIST, "module CNN is not supported");
    edit(LIST, "sentence_transformers.base.modules.dense.Dense", "my.own.Dense");
    assertRefused(LIST, "my.own.Dense");
    edit(
        LIST,
        "sentence_transformers.sentence_transformer.modules.pooling.Pooling",
        "sentence_transformers.models.Dense");
    assertRefused(LIST, "must start with Transformer and Pooling");
  }

  @Test
  public void aPathOutsideOfTheModel() throws IOException {
    edit(LIST, "2_Dense", "../2_Dense");
    assertRefused(LIST, "path must be");
    edit(LIST, "2_Dense", "/2_Dense");
    assertRefused(LIST, "path must be");
  }

  @Test
  public void twoModulesOfOneName() throws IOException {
    edit(LIST, "\"name\": \"2\"", "\"name\": \"4\"");
    assertRefused(LIST, "two modules named 4");
  }

  @Test
  public void aListThatGivesNoScore() throws IOException {
    edit("4_Dense/config.json", "scores", "sentence_embedding");
    assertRefused(LIST, "no Dense module with the output scores");
  }

  @Test
  public void sizesThatDoNotFitEachOther() throws IOException {
    edit("1_Pooling/config.json", "\"cls\"", "[\"cls\", \"mean\"]");
    assertRefused("2_Dense/config.json", "expects 32 numbers, but the previous module returns 64");
    restore("1_Pooling/config.json");
    edit("1_Pooling/config.json", "32", "48");
    assertRefused("2_Dense/config.json", "the previous module returns 48");
    restore("1_Pooling/config.json");
    edit("4_Dense/config.json", "\"out_features\": 1", "\"out_features\": 3");
    assertRefused(DENSE, "linear.weight has the shape [1, 32], but config.json requires [3, 32]");
  }

  @Test
  public void aConfigurationThatIsNotUnderstood() throws IOException {
    edit("1_Pooling/config.json", "\"cls\"", "\"median\"");
    assertRefused("1_Pooling/config.json", "pooling_mode must be");
    edit("2_Dense/config.json", "torch.nn.modules.activation.GELU", "torch.nn.functional.gelu");
    assertRefused("2_Dense/config.json", "activation_function must be");
    edit(
        "2_Dense/config.json",
        "torch.nn.modules.activation.GELU",
        "torch.nn.modules.activation.Mish");
    assertRefused("2_Dense/config.json", "Mish");
    edit("3_LayerNorm/config.json", "}", ", \"eps\": 1e-12}");
    assertRefused("3_LayerNorm/config.json", "[eps] is not a valid key");
    edit("2_Dense/config.json", "\"in_features\": 32", "\"in_features\": \"32\"");
    assertRefused("2_Dense/config.json", "in_features must be a number");
  }

  @Test
  public void anEmbeddingModel() throws IOException {
    edit("config_sentence_transformers.json", "CrossEncoder", "SentenceTransformer");
    assertRefused("config_sentence_transformers.json", "this model is not a reranker");
  }

  @Test
  public void anActivationOfAnotherKind() throws IOException {
    edit("config_sentence_transformers.json", "\"torch.nn.modules.linear.Identity\"", "{}");
    assertRefused("config_sentence_transformers.json", "activation_fn must be a text");
    edit("config_sentence_transformers.json", "linear.Identity", "activation.Tanh");
    assertRefused("config_sentence_transformers.json", "activation_fn must be");
  }

  @Test
  public void weightsOfWhichNothingCanBeBelieved() throws IOException {
    byte[] bytes = Files.readAllBytes(model.resolve(DENSE));
    Files.write(model.resolve(DENSE), Arrays.copyOf(bytes, 5));
    assertRefused(DENSE, "has only 5 bytes");
    Files.write(model.resolve(DENSE), Arrays.copyOf(bytes, bytes.length - 4));
    assertRefused(DENSE, "its tensors end at");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    Files.write(model.resolve(DENSE), bytes);
    assertRefused(DENSE, "header of 1099511627776 bytes");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -1);
    Files.write(model.resolve(DENSE), bytes);
    assertRefused(DENSE, "header of 18446744073709551615 bytes");
    write("{ no json", 0);
    assertRefused(DENSE, "not a JSON object");
  }

  @Test
  public void tensorsThatOverlapLeaveAGapOrClaimTooMuch() throws IOException {
    String bias = "\"linear.bias\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}";
    String weight =
        "\"linear.weight\": {\"dtype\": \"F32\", \"shape\": [1, 32], \"data_offsets\": ";
    write("{" + bias + ", " + weight + "[0, 128]}}", 128);
    assertRefused(DENSE, "the previous tensor ends at 4");
    write("{" + bias + ", " + weight + "[8, 136]}}", 136);
    assertRefused(DENSE, "the previous tensor ends at 4");
    write("{" + bias + ", " + weight + "[4, 64]}}", 64);
    assertRefused(DENSE, "has 60 bytes for 32 numbers of type F32");
    write("{" + bias + ", " + weight + "[4, 4e30]}}", 132);
    assertRefused(DENSE, "4e30");
    write("{" + bias + "}", 4);
    assertRefused(DENSE, "has the tensors [linear.bias], not [linear.bias, linear.weight]");
  }

  @Test
  public void numbersOfAnotherTypeOrNone() throws IOException {
    byte[] bytes = Files.readAllBytes(model.resolve(DENSE));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    Files.write(model.resolve(DENSE), bytes);
    assertRefused(DENSE, "linear.weight has NaN at place 31");
    String text = Files.readString(model.resolve(DENSE), StandardCharsets.ISO_8859_1);
    Files.writeString(
        model.resolve(DENSE), text.replace("F32", "I32"), StandardCharsets.ISO_8859_1);
    assertRefused(DENSE, "of type I32; supported: [BF16, F16, F32]");
  }

  @Test
  public void aGraphWithAHeadThatNobodyKnows() throws IOException {
    Files.copy(
        TestModels.tiny("modernbert").resolve("onnx/model.onnx"),
        model.resolve("onnx/model_optimized.onnx"));
    assertRefused("onnx/model_optimized.onnx", "does not declare that it contains the modules");
    Files.delete(model.resolve("onnx/model_optimized.onnx"));
  }

  @Test
  public void anEncoderWithoutItsModules() throws IOException {
    Files.delete(model.resolve(LIST));
    assertRefused("onnx/model.onnx", "An encoder without classifier needs its modules.json");
  }
}
