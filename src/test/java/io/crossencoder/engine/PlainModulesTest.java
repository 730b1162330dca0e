// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels.Reference;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.PairTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Test;

/** A plain classifier saved by sentence-transformers 6: with a modules.json and with prompts. */
public class PlainModulesTest extends RegistryTestCase {

  private static final String TRANSFORMER =
      "{\"transformer_task\": \"sequence-classification\", \"modality_config\": {\"text\":"
          + " {\"method\": \"forward\", \"method_output_name\": \"logits\"}},"
          + " \"module_output_name\": \"scores\"}";
  private static final String IDENTITY =
      "{\"model_type\": \"CrossEncoder\", \"activation_fn\": \"torch.nn.modules.linear.Identity\"";

  private Path model;

  @Before
  public void copy() throws Exception {
    model = TestModels.copy(TestModels.tiny("bert"), folder.newFolder().toPath());
    Files.writeString(
        model.resolve("modules.json"),
        "[{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\":"
            + " \"sentence_transformers.base.modules.transformer.Transformer\"}]");
    write("sentence_bert_config.json", TRANSFORMER);
    write("config_sentence_transformers.json", IDENTITY + "}");
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(model.resolve(file), text);
  }

  private float[] scores(Path directory, ModelOptions options, String before) throws Exception {
    List<Reference> pairs = TestModels.references(model);
    float[] scores = new float[pairs.size()];
    try (CrossEncoder encoder = registry.open(directory, options)) {
      for (int i = 0; i < scores.length; i++) {
        String query = before + pairs.get(i).query();
        List<String> passage = List.of(pairs.get(i).passage());
        scores[i] = encoder.score(query, passage, Deadline.NONE).logits()[0];
      }
    }
    return scores;
  }

  private void assertRefused(String part, String file) {
    assertRefused(model, model.resolve(file), part);
  }

  @Test
  public void itsScoresAreThoseOfTheGraph() throws Exception {
    float[] scores = scores(model, ModelOptions.DEFAULTS, "");
    List<Reference> pairs = TestModels.references(model);
    for (int i = 0; i < scores.length; i++) {
      assertEquals(pairs.get(i).toString(), pairs.get(i).logit(), scores[i], 2e-5f);
    }
  }

  @Test
  public void theDefaultPromptStandsBeforeEachQuery() throws Exception {
    String prompts =
        ", \"prompts\": {\"a\": \"no \", \"b\": \"search for the film: \", \"c\": null}";
    write(
        "config_sentence_transformers.json",
        IDENTITY + prompts + ", \"default_prompt_name\": \"b\"}");
    float[] prompted = scores(model, ModelOptions.DEFAULTS, "");
    float[] written =
        scores(TestModels.tiny("bert"), ModelOptions.DEFAULTS, "search for the film: ");
    assertArrayEquals(written, prompted, 0);
    float[] plain = scores(TestModels.tiny("bert"), ModelOptions.DEFAULTS, "");
    assertNotEquals(plain[0], prompted[0], 1e-3f);
    for (Map.Entry<String, String> none : Map.of("null", "", "\"c\"", "").entrySet()) {
      write(
          "config_sentence_transformers.json",
          IDENTITY + prompts + ", \"default_prompt_name\": " + none.getKey() + "}");
      assertArrayEquals(plain, scores(model, ModelOptions.DEFAULTS, ""), 0);
    }
    write(
        "config_sentence_transformers.json",
        IDENTITY + prompts + ", \"default_prompt_name\": \"d\"}");
    assertRefused(
        "default_prompt_name must be one of [a, b, c]", "config_sentence_transformers.json");
  }

  @Test
  public void whatAnAdministratorSaysReplacesIt() throws Exception {
    write(
        "config_sentence_transformers.json",
        IDENTITY + ", \"prompts\": {\"a\": \"no \"}, \"default_prompt_name\": \"a\"}");
    ModelOptions options =
        new ModelOptions(
            Optional.empty(),
            Optional.empty(),
            ModelOptions.DEFAULTS.execution(),
            Optional.of(PairTemplate.prompt("film: ")));
    assertArrayEquals(
        scores(TestModels.tiny("bert"), ModelOptions.DEFAULTS, "film: "),
        scores(model, options, ""),
        0);
  }

  @Test
  public void aSuffixStaysAtTheEndOfTheSecondText() throws Exception {
    ModelOptions options =
        new ModelOptions(
            Optional.empty(),
            Optional.empty(),
            ModelOptions.DEFAULTS.execution(),
            Optional.of(new PairTemplate("film: ", Optional.empty(), " the end")));
    try (CrossEncoder suffixed = registry.open(model, options);
        CrossEncoder plain = registry.open(TestModels.tiny("bert"), ModelOptions.DEFAULTS)) {
      String passage = "A captain is sent up the river.";
      assertEquals(
          plain.score("film: war", List.of(passage + " the end"), Deadline.NONE).logits()[0],
          suffixed.score("war", List.of(passage), Deadline.NONE).logits()[0],
          0);
      List<String> two = List.of("a war ".repeat(99), "a war ".repeat(200));
      var cut = suffixed.score("war", two, Deadline.NONE);
      assertEquals("both are cut to the same", cut.logits()[0], cut.logits()[1], 1e-6f);
      assertTrue(cut.truncated()[0] && cut.truncated()[1]);
      float without = plain.score("film: war", two, Deadline.NONE).logits()[0];
      assertNotEquals("the suffix is read", without, cut.logits()[0], 1e-3f);
    }
  }

  @Test
  public void whatPythonWouldDoOtherwiseIsRefused() throws Exception {
    Map<String, String> refused =
        Map.of(
            "\"do_lower_case\": true", "do_lower_case is not supported",
            "\"query_length\": 10", "query_length is not supported",
            "\"processing_kwargs\": {\"text\": {\"truncation\": \"only_second\"}}", "truncation",
            "\"processor_kwargs\": {\"padding_side\": \"left\"}", "padding_side");
    for (Map.Entry<String, String> each : refused.entrySet()) {
      write(
          "sentence_bert_config.json", TRANSFORMER.replaceFirst("[{]", "{" + each.getKey() + ", "));
      assertRefused(each.getValue(), "sentence_bert_config.json");
    }
    write(
        "sentence_bert_config.json",
        TRANSFORMER.replace("sequence-classification", "text-generation"));
    assertRefused("transformer_task is text-generation", "sentence_bert_config.json");
    write("sentence_bert_config.json", TRANSFORMER.replace("\"logits\"", "\"hidden_states\""));
    assertRefused("method_output_name must be logits", "sentence_bert_config.json");
    write("sentence_bert_config.json", "{}");
    assertRefused("it must start with Transformer and Pooling", "modules.json");
    Files.move(
        model.resolve("sentence_bert_config.json"), model.resolve("sentence_roberta_config.json"));
    assertRefused("rename it to sentence_bert_config.json", "sentence_roberta_config.json");
  }
}
