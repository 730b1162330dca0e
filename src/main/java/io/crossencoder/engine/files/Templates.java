// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.engine.modules.ModularHead;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.PairTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Determines the text around query and passage of a model. */
final class Templates {

  /** File in the model directory with the keys prefix, between and suffix. */
  static final String FILE = "template.json";

  private static final Set<String> KEYS = Set.of("prefix", "between", "suffix");

  private Templates() {}

  /**
   * The template of the options; otherwise of {@link #FILE}; otherwise the default prompt of
   * sentence-transformers.
   *
   * @throws ModelLoadException if the model has a chat template and none of these sources exists
   */
  static PairTemplate of(Path directory, Optional<PairTemplate> option) {
    Path file = directory.resolve(FILE);
    if (option.isPresent()) {
      return option.get();
    }
    if (JsonFile.isPresent(file)) {
      return read(JsonFile.read(file));
    }
    requireNoChatTemplate(directory);
    return ModularHead.isIn(directory) ? PairTemplate.prompt(prompt(directory)) : PairTemplate.NONE;
  }

  private static PairTemplate read(JsonFile json) {
    json.requireOnly(KEYS);
    return new PairTemplate(
        json.text("prefix").orElse(""), json.text("between"), json.text("suffix").orElse(""));
  }

  /** Only in directories with modules.json, as in sentence-transformers. */
  private static String prompt(Path directory) {
    JsonFile json = JsonFile.readIfPresent(directory.resolve(ModularHead.CROSS_ENCODER_FILE));
    Optional<String> name = json.text("default_prompt_name");
    if (name.isEmpty()) {
      return "";
    }
    JsonFile prompts = json.section("prompts");
    if (!prompts.json().has(name.get())) {
      throw json.wrong("default_prompt_name", "one of " + prompts.json().keySet());
    }
    return prompts.text(name.get()).orElse("");
  }

  /**
   * sentence-transformers 6 renders a chat template with query and passage if the model expects
   * messages.
   */
  private static void requireNoChatTemplate(Path directory) {
    Path where = directory.resolve("tokenizer_config.json");
    boolean has = JsonFile.readIfPresent(where).has("chat_template");
    for (String name : new String[] {"chat_template.jinja", "chat_template.json"}) {
      if (!has && Files.exists(directory.resolve(name))) {
        where = directory.resolve(name);
        has = true;
      }
    }
    JsonFile transformer = JsonFile.readIfPresent(directory.resolve("sentence_bert_config.json"));
    boolean isText =
        ModularHead.isIn(directory) && !transformer.section("modality_config").has("message");
    if (has && !isText) {
      throw new ModelLoadException(
          where,
          "contains a chat template, which is not supported: set prefix, between and suffix of the"
              + " model, or write them to "
              + FILE);
    }
  }
}
