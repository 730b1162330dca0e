// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.engine.modules.JsonFile;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many tokens of a pair a model reads. */
final class MaxLength {

  private static final Logger LOG = LoggerFactory.getLogger(MaxLength.class);

  /**
   * What a model of thousands of tokens reads unless {@code maxLength} says more: the time of a
   * pair grows faster than its length, and most rerankers are trained with no more.
   */
  static final int DEFAULT = 512;

  /** Their position ids begin behind the padding id: positions up to it are never used. */
  private static final Set<String> OFFSET_POSITIONS =
      Set.of(
          "roberta",
          "xlm-roberta",
          "xlm-roberta-xl",
          "camembert",
          "roberta-prelayernorm",
          "data2vec-text",
          "longformer",
          "luke",
          "mpnet",
          "xmod");

  /** Transformers' way to say that a tokenizer knows no limit is a number like 1e30. */
  private static final double MAX_TOKENS = 1_000_000;

  private MaxLength() {}

  /**
   * The smallest of what the positions, the tokenizer and the user allow; without a user's word at
   * most {@link #DEFAULT}.
   *
   * @throws ModelLoadException if nothing says a limit, or if it leaves no room for a pair
   */
  static int of(Path directory, JsonFile config, Optional<Integer> option) {
    double limit = own(directory, config);
    if (option.isEmpty() && limit > DEFAULT && limit <= MAX_TOKENS) {
      LOG.info(
          "{} reads {} of the {} tokens that it could; set maxLength to read more",
          directory,
          DEFAULT,
          (int) limit);
    }
    limit = Math.min(limit, option.orElse(limit > MAX_TOKENS ? Integer.MAX_VALUE : DEFAULT));
    Path file = directory.resolve("config.json");
    if (limit > MAX_TOKENS) {
      throw new ModelLoadException(
          file,
          "max_position_embeddings not found, and model_max_length not found in"
              + " tokenizer_config.json; set maxLength");
    }
    if (limit < ModelOptions.MIN_MAX_LENGTH) {
      throw new ModelLoadException(
          file, "with the other limits allows only " + (int) limit + " tokens per pair");
    }
    return (int) limit;
  }

  /** What the model could read, or {@code used} if its files do not say. */
  static int own(Path directory, JsonFile config, int used) {
    double limit = own(directory, config);
    return limit > MAX_TOKENS ? used : (int) limit;
  }

  /** The position of the first token. */
  static int firstPosition(JsonFile config) {
    return OFFSET_POSITIONS.contains(config.text("model_type").orElse(""))
        ? 1 + (config.has("pad_token_id") ? ModelFiles.padId(config) : 1)
        : 0;
  }

  /** As sentence-transformers finds it, and never more than the positions that the graph has. */
  private static double own(Path directory, JsonFile config) {
    double limit = positive(config, "max_position_embeddings") - firstPosition(config);
    JsonFile tokenizer = JsonFile.readIfPresent(directory.resolve("tokenizer_config.json"));
    limit = Math.min(limit, positive(tokenizer, "model_max_length"));
    JsonFile transformer = JsonFile.readIfPresent(directory.resolve("sentence_bert_config.json"));
    JsonFile text = transformer.section("processing_kwargs").section("text");
    JsonFile processor = transformer.section("processor_kwargs");
    limit = Math.min(limit, positive(text, "max_length"));
    limit = Math.min(limit, positive(processor, "model_max_length"));
    JsonFile old = transformer.section("tokenizer_args");
    limit = Math.min(limit, positive(old, "model_max_length"));
    return Math.min(limit, positive(transformer, "max_seq_length"));
  }

  /** The number of this name that is above 0, or one above every limit. */
  private static double positive(JsonFile json, String key) {
    return json.number(key).filter(number -> number > 0).orElse(Double.MAX_VALUE);
  }
}
