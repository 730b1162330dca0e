// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels.Reference;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.PairTemplate;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/**
 * A decoder with one label and a prompt template has the token ids of the whole text and PyTorch's
 * logits.
 */
public class DecoderTest extends RegistryTestCase {

  private static final Path MODEL = TestModels.tiny("qwen3");
  private static final float TOLERANCE = 2e-5f;

  private CrossEncoder open(Path model, String graph) {
    Execution large = new Execution(ExecutionProvider.CPU, 0, false, 100_000);
    return registry.open(
        model, new ModelOptions(Optional.of("onnx/" + graph), Optional.empty(), large));
  }

  private void assertReference(String graph) throws Exception {
    List<Reference> pairs = TestModels.references(MODEL);
    assertEquals(22, pairs.size());
    try (CrossEncoder encoder = open(MODEL, graph)) {
      assertEquals("pairs are run in batches", Optional.empty(), encoder.spec().alone());
      for (Reference pair : pairs) {
        // Next to shorter and longer pairs, so that there is padding.
        List<String> passages = List.of("", pair.passage(), "A", "the war ".repeat(500));
        float[] logits = encoder.score(pair.query(), passages, Deadline.NONE).logits();
        assertEquals(graph + ": " + pair, pair.logit(), logits[1], TOLERANCE);
        float alone =
            encoder.score(pair.query(), passages.subList(1, 2), Deadline.NONE).logits()[0];
        assertEquals(graph + ": " + pair, pair.logit(), alone, TOLERANCE);
      }
    }
  }

  @Test
  public void theTemplateBecomesTokensAsInPythonAndStaysWhole() throws Exception {
    PairTemplate template;
    try (CrossEncoder encoder = registry.open(MODEL, ModelOptions.DEFAULTS)) {
      template = encoder.spec().input().template();
      assertEquals(128, encoder.spec().maxLength());
    }
    Path file = MODEL.resolve("tokenizer.json");
    try (PairTokenizer tokenizer = PairTokenizer.load(file, 128, template)) {
      for (Reference pair : TestModels.references(MODEL)) {
        Encoding encoding = tokenizer.encode(pair.query(), pair.passage());
        assertArrayEquals(pair.toString(), pair.ids(), encoding.ids());
        if (encoding.truncated()) {
          assertEquals(pair.toString(), 128, encoding.length());
        }
      }
    }
  }

  @Test
  public void theScoreIsThatOfThePairAlone() throws Exception {
    assertReference("model.onnx");
  }

  @Test
  public void aGraphThatReadsTheLastPlaceGetsPositionsAndItsPaddingOnTheLeft() throws Exception {
    assertReference("model_last_place.onnx");
  }

  @Test
  public void windowsLeaveRoomForTheTemplate() throws Exception {
    try (CrossEncoder encoder = registry.open(MODEL, ModelOptions.DEFAULTS)) {
      Passage passage = new Passage("Up", "A captain is sent up the river. ".repeat(60));
      Windows windows = encoder.windows("vietnam war", passage, 64);
      assertTrue(windows.texts().size() > 10);
      assertFalse(windows.truncated());
      boolean[] cut = encoder.score("vietnam war", windows.texts(), Deadline.NONE).truncated();
      for (boolean each : cut) {
        assertFalse("the model reads all of each window", each);
      }
    }
  }

  @Test
  public void anotherTemplateIsAnotherModel() throws Exception {
    Reference pair = TestModels.references(MODEL).get(0);
    PairTemplate none = new PairTemplate("", Optional.empty(), "");
    PairTemplate other = new PairTemplate("Query: ", Optional.of("\nDocument: "), "");
    ModelOptions options =
        new ModelOptions(Optional.empty(), Optional.empty(), Execution.DEFAULT, Optional.of(other));
    try (CrossEncoder own = registry.open(MODEL, ModelOptions.DEFAULTS);
        CrossEncoder changed = registry.open(MODEL, options)) {
      assertNotEquals(own.spec().fingerprint(), changed.spec().fingerprint());
      float logit = changed.score(pair.query(), List.of(pair.passage()), Deadline.NONE).logits()[0];
      assertNotEquals(pair.logit(), logit, 1e-3f);
      assertNotEquals(none, own.spec().input().template());
    }
  }

  @Test
  public void aTemplateThatLeavesNoRoomIsRefused() {
    ModelOptions options = new ModelOptions(Optional.empty(), Optional.of(48));
    ModelLoadException refused =
        assertThrows(ModelLoadException.class, () -> registry.open(MODEL, options));
    assertTrue(refused.getMessage(), refused.getMessage().contains("leaves no room"));
  }

  @Test
  public void whatItsFileDoesNotUnderstandIsRefused() throws Exception {
    Path model = TestModels.copy(MODEL, folder.newFolder().toPath());
    for (String bad : List.of("[]", "{\"prefix\": 1}", "{\"prefx\": \"a\"}", "{")) {
      Files.writeString(model.resolve("template.json"), bad);
      assertRefused(model, model.resolve("template.json"), "");
    }
  }

  @Test
  public void aChatTemplateNeedsAnotherOneInItsPlace() throws Exception {
    Path model = TestModels.copy(MODEL, folder.newFolder().toPath());
    Files.writeString(model.resolve("chat_template.jinja"), "{{ messages[0].content }}");
    try (CrossEncoder encoder = registry.open(model, ModelOptions.DEFAULTS)) {
      assertNotEquals(PairTemplate.NONE, encoder.spec().input().template());
    }
    Files.delete(model.resolve("template.json"));
    assertRefused(model, model.resolve("chat_template.jinja"), "contains a chat template");
  }
}
