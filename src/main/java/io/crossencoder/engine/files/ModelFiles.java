// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.ModelSpec.Activation;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a model directory in the Hugging Face layout: {@code config.json}, {@code tokenizer.json},
 * {@code onnx/model.onnx} or {@code model.onnx}, and if there is one {@code tokenizer_config.json}.
 */
public final class ModelFiles {

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

  private ModelFiles() {}

  /** Looks at the files and says what the model is; nothing native is loaded. */
  public static ModelSpec read(Path directory, ModelOptions options) {
    Path config = required(directory.resolve("config.json"));
    Path tokenizer = required(directory.resolve("tokenizer.json"));
    Path onnx = OnnxVariants.choose(directory, options.file());
    JsonObject json = json(config);
    int maxLength = maxLength(directory, json, options.maxLength());
    Activation activation = activation(config, json);
    List<Path> hashed = new ArrayList<>(List.of(onnx, tokenizer));
    hashed.addAll(OnnxVariants.externalData(onnx));
    return new ModelSpec(
        directory.getFileName().toString(),
        directory,
        onnx,
        maxLength,
        padId(json),
        activation,
        Fingerprint.of(hashed, maxLength + " " + activation),
        options.execution(),
        options.execution().provider());
  }

  private static Path required(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file, "missing; a model directory needs it");
    }
    return file;
  }

  static JsonObject json(Path file) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new ModelLoadException(file, "is no JSON object: " + e.getMessage(), e);
    }
  }

  /** The smallest of what the positions, the tokenizer and the user allow. */
  private static int maxLength(Path directory, JsonObject config, Optional<Integer> option) {
    Path tokenizerConfig = directory.resolve("tokenizer_config.json");
    double limit = number(config, "max_position_embeddings");
    if (OFFSET_POSITIONS.contains(string(config, "model_type"))) {
      limit -= offset(config);
    }
    if (Files.isRegularFile(tokenizerConfig)) {
      limit = Math.min(limit, number(json(tokenizerConfig), "model_max_length"));
    }
    limit = Math.min(limit, option.orElse(Integer.MAX_VALUE));
    Path file = directory.resolve("config.json");
    if (limit > MAX_TOKENS) {
      throw new ModelLoadException(
          file,
          "says no max_position_embeddings, and tokenizer_config.json no model_max_length: set"
              + " maxLength");
    }
    if (limit < ModelOptions.MIN_MAX_LENGTH) {
      throw new ModelLoadException(
          file, "with the other limits allows only " + (int) limit + " tokens a pair");
    }
    return (int) limit;
  }

  /** The number of this name that is above 0, or one above every limit. */
  private static double number(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive value
            && value.isNumber()
            && value.getAsDouble() > 0
        ? value.getAsDouble()
        : Double.MAX_VALUE;
  }

  private static int offset(JsonObject config) {
    return 1 + (config.has("pad_token_id") ? padId(config) : 1);
  }

  private static int padId(JsonObject config) {
    return config.get("pad_token_id") instanceof JsonPrimitive id && id.isNumber()
        ? Math.max(0, id.getAsInt())
        : 0;
  }

  /** Identity unless the config says otherwise; the key has had two names. */
  private static Activation activation(Path config, JsonObject json) {
    String function = string(json, "sbert_ce_default_activation_function");
    if (json.get("sentence_transformers") instanceof JsonObject section) {
      function = section.has("activation_fn") ? string(section, "activation_fn") : function;
    }
    String name = function.substring(function.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> Activation.IDENTITY;
      case "sigmoid" -> Activation.SIGMOID;
      default ->
          throw new ModelLoadException(
              config, "activation '" + function + "' is not known; Identity and Sigmoid are");
    };
  }

  private static String string(JsonObject json, String key) {
    JsonElement value = json.get(key);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  /** The bytes of a file, or the reason why there are none. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ModelLoadException(file, "missing", e);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    }
  }
}
