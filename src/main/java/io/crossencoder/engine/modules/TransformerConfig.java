// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.modules;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of the Transformer module in sentence_bert_config.json; unsupported settings are
 * rejected.
 */
final class TransformerConfig {

  static final String FILE = "sentence_bert_config.json";
  private static final String CLASSIFIER = "sequence-classification";

  /** Older names of the file; sentence-transformers reads the first one that exists. */
  private static final List<String> OLD_NAMES =
      List.of("roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet");

  /** Keys that have no effect on the scores, or are read elsewhere. */
  private static final Set<String> ANY =
      Set.of("max_seq_length", "transformer_task", "modality_config", "unpad_inputs");

  /** Keys with objects, and those of their keys that are read elsewhere. */
  private static final Map<String, Set<String>> LIMITS =
      Map.of(
          "processing_kwargs", Set.of("text"),
          "processor_kwargs", Set.of("model_max_length"),
          "tokenizer_args", Set.of("model_max_length"));

  private TransformerConfig() {}

  /**
   * Whether the Transformer module is the only one: a classifier that computes the scores itself.
   *
   * @throws ModelLoadException if a setting is not supported
   */
  static boolean isClassifier(Path directory) {
    Path file = directory.resolve(FILE);
    for (String old : OLD_NAMES) {
      Path other = directory.resolve("sentence_" + old + "_config.json");
      if (!Files.exists(file) && Files.exists(other)) {
        throw new ModelLoadException(other, "is not read; rename it to " + FILE);
      }
    }
    JsonFile json = JsonFile.readIfPresent(file);
    json.json().keySet().forEach(key -> checkKey(json, key));
    JsonFile text = json.section("processing_kwargs").section("text");
    text.requireOnly(Set.of("max_length"));
    String task = json.text("transformer_task").orElse("feature-extraction");
    boolean classifies = task.equals(CLASSIFIER);
    if (!classifies && !task.equals("feature-extraction")) {
      throw json.refused(
          "transformer_task is "
              + task
              + "; supported: feature-extraction and "
              + CLASSIFIER
              + " are known");
    }
    checkOutput(json, classifies);
    return classifies;
  }

  private static void checkKey(JsonFile json, String key) {
    JsonElement value = json.json().get(key);
    boolean isOff = value instanceof JsonPrimitive flag && flag.isBoolean() && !flag.getAsBoolean();
    boolean isEmpty = value instanceof JsonObject object && object.isEmpty();
    boolean says = !value.isJsonNull() && !isOff && !isEmpty;
    if (LIMITS.containsKey(key)) {
      json.section(key).requireOnly(LIMITS.get(key));
    } else if (says && !ANY.contains(key) && !key.equals("module_output_name")) {
      throw json.refused(key + " is not supported");
    }
  }

  /** Logits for a classifier, hidden states for an encoder. */
  private static void checkOutput(JsonFile json, boolean classifies) {
    String name = classifies ? "scores" : "token_embeddings";
    if (!json.text("module_output_name").orElse(name).equals(name)) {
      throw json.wrong("module_output_name", name);
    }
    JsonFile text = json.section("modality_config").section("text");
    String output = classifies ? "logits" : "last_hidden_state";
    if (!text.text("method").orElse("forward").equals("forward")) {
      throw text.wrong("method", "forward");
    }
    if (!text.text("method_output_name").orElse(output).equals(output)) {
      throw text.wrong("method_output_name", output);
    }
  }
}
