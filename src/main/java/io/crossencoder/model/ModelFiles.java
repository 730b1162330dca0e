// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
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
import java.util.Set;

/**
 * Reads a model directory in the Hugging Face layout: {@code config.json}, {@code tokenizer.json},
 * {@code onnx/model.onnx} or {@code model.onnx}, and if there is one {@code tokenizer_config.json}.
 */
final class ModelFiles {

  /** Their position ids begin behind the padding id, so two of the positions are never used. */
  private static final Set<String> OFFSET_POSITIONS =
      Set.of("roberta", "xlm-roberta", "camembert", "xlm-roberta-xl");

  private ModelFiles() {}

  /** Looks at the files and says what the model is; nothing native is loaded. */
  static ModelSpec read(Path directory, ModelOptions options) {
    Path config = required(directory.resolve("config.json"));
    Path tokenizer = required(directory.resolve("tokenizer.json"));
    Path onnx = OnnxVariants.choose(directory, options.file());
    JsonObject json = json(config);
    int maxLength = maxLength(config, json, directory.resolve("tokenizer_config.json"));
    if (options.maxLength().isPresent()) {
      maxLength = Math.min(maxLength, options.maxLength().get());
    }
    Activation activation = activation(config, json);
    List<Path> hashed = new ArrayList<>(List.of(onnx, tokenizer));
    hashed.addAll(OnnxVariants.externalData(onnx));
    String fingerprint = Fingerprint.of(hashed, maxLength + " " + activation);
    String name = directory.getFileName().toString();
    return new ModelSpec(name, directory, onnx, maxLength, activation, fingerprint);
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

  /** The smaller of what the positions and the tokenizer allow, as sentence-transformers has it. */
  private static int maxLength(Path config, JsonObject json, Path tokenizerConfig) {
    JsonElement positions = json.get("max_position_embeddings");
    if (positions == null) {
      throw new ModelLoadException(config, "says no max_position_embeddings");
    }
    int maxLength = positions.getAsInt();
    if (OFFSET_POSITIONS.contains(string(json, "model_type"))) {
      maxLength -= 2;
    }
    if (Files.isRegularFile(tokenizerConfig)) {
      JsonElement limit = json(tokenizerConfig).get("model_max_length");
      if (limit != null && limit.getAsDouble() < maxLength) {
        maxLength = limit.getAsInt();
      }
    }
    if (maxLength < 8) {
      throw new ModelLoadException(config, "allows only " + maxLength + " tokens a pair");
    }
    return maxLength;
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
  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new ModelLoadException(file, "missing", e);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    }
  }
}
