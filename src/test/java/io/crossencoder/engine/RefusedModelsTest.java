// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.solr.util.LogListener;
import org.junit.Test;

/**
 * Unsupported models are rejected at load; the message contains the file, the problem and the
 * supported values.
 */
public class RefusedModelsTest extends RegistryTestCase {

  /** The tiny BERT with another graph. */
  private void assertRefused(String graph, String... reasons) throws IOException {
    Path root = folder.newFolder().toPath();
    Path model = Files.createDirectories(root.resolve("model"));
    Path bert = TestModels.tiny("bert");
    for (String file : List.of("config.json", "tokenizer.json")) {
      Files.copy(bert.resolve(file), model.resolve(file));
    }
    Path onnx = model.resolve("model.onnx");
    Files.copy(
        TestModels.tiny("refused").resolve(graph), onnx, StandardCopyOption.REPLACE_EXISTING);
    for (String reason : reasons) {
      assertRefused(model, onnx, reason);
    }
    assertEquals(List.of(), registry.models());
  }

  @Test
  public void anInputThatNobodyCanGive() throws IOException {
    assertRefused("past_key_values.onnx", "past_key_values.0.key", "without past key values");
  }

  @Test
  public void anInputThatIsNotThere() throws IOException {
    assertRefused("no_input_ids.onnx", "[tokens, attention_mask]", "input_ids");
    assertRefused(
        "no_attention_mask.onnx", "[input_ids]", "required: input_ids and attention_mask");
  }

  @Test
  public void inputsOfAnotherTypeOrAFixedLength() throws IOException {
    assertRefused("float_inputs.onnx", "input input_ids", "FLOAT", "int64 and int32");
    assertRefused("fixed_length.onnx", "128", "dynamic axes");
    assertRefused("fixed_pairs.onnx", "4", "dynamic axes");
  }

  @Test
  public void labelsOfWhichNoneIsTheRelevance() throws IOException {
    assertRefused("three_labels.onnx", "output logits", "3", "[batch, 2]");
  }

  @Test
  public void anEncoderWithoutClassifier() throws IOException {
    assertRefused("hidden_states.onnx", "output last_hidden_state", "32");
  }

  @Test
  public void logitsOfAnotherPrecision() throws IOException {
    assertRefused("bfloat16.onnx", "output logits is of BFLOAT16", "FLOAT and FLOAT16");
    assertRefused("double.onnx", "output logits is of DOUBLE", "FLOAT and FLOAT16");
  }

  @Test
  public void noOutputs() throws IOException {
    assertRefused("no_outputs.onnx", "has no outputs");
  }

  @Test
  public void scoresThatAreRandom() throws IOException {
    assertRefused("random.onnx", "scores the same pair with ", "model.eval()");
  }

  @Test
  public void aTokenizerOfMoreTokensThanTheModelKnows() throws IOException {
    assertRefused("few_tokens.onnx", "no embedding for the highest token id", "472");
  }

  @Test
  public void fewerPositionsThanTheConfigSays() throws IOException {
    assertRefused("few_positions.onnx", "cannot process 64 tokens", "maxLength");
  }

  @Test
  public void aTokenizerOfFewerTokensThanTheModelKnowsIsDoubted() throws IOException {
    Path model = TestModels.copy(TestModels.STARTER, folder.newFolder().toPath());
    try (LogListener log = LogListener.warn(ModelProbe.class)) {
      registry.open(model, ModelOptions.DEFAULTS).close();
      assertEquals(0, log.getCount());
      Files.copy(
          TestModels.tiny("bert").resolve("tokenizer.json"),
          model.resolve("tokenizer.json"),
          StandardCopyOption.REPLACE_EXISTING);
      registry.open(model, ModelOptions.DEFAULTS).close();
      String warning = log.pollMessage();
      assertTrue(warning, warning.contains("473 tokens") && warning.contains("for 12000"));
    }
  }
}
