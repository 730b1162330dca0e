// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Determines the maximum number of tokens per pair. */
final class MaxLength {

  private static final Logger LOG = LoggerFactory.getLogger(MaxLength.class);

  /**
   * Limit for models with a higher own limit, unless {@code maxLength} is set: inference time grows
   * faster than the length, and most rerankers were trained with at most 512 tokens.
   */
  static final int DEFAULT = 512;

  /**
   * Models whose positions start after the padding id, so that the lower positions are never used.
   */
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
          "ibert",
          "lilt",
          "mpnet",
          "xmod");

  /** A tokenizer without a limit has a number such as 1e30 in transformers. */
  private static final double MAX_TOKENS = 1_000_000;

  private MaxLength() {}

  /**
   * The lowest limit of positions, tokenizer and option; without the option at most {@link
   * #DEFAULT}.
   *
   * @throws ModelLoadException if no limit is found, or it leaves no room for a pair
   */
  static int of(Path directory, JsonFile config, Optional<Integer> option) {
    double limit = own(directory, config);
    if (option.isEmpty() && limit > DEFAULT && limit <= MAX_TOKENS) {
      LOG.info(
          "{} is limited to {} of the {} tokens it supports; set maxLength to raise the limit",
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

  /** Limit of the model itself, or {@code used} if its files contain none. */
  static int own(Path directory, JsonFile config, int used) {
    double limit = own(directory, config);
    return limit > MAX_TOKENS ? used : (int) limit;
  }

  /** Position of the first token. */
  static int firstPosition(JsonFile config) {
    return OFFSET_POSITIONS.contains(config.text("model_type").orElse(""))
        ? 1 + (config.has("pad_token_id") ? ModelFiles.padId(config) : 1)
        : 0;
  }

  /**
   * Limit of the model, as in sentence-transformers, but at most the number of positions in the
   * ONNX model.
   */
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

  /** A positive number; infinity if the key is missing. */
  private static double positive(JsonFile json, String key) {
    return json.number(key).filter(number -> number > 0).orElse(Double.MAX_VALUE);
  }
}
