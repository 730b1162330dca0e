// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.modules;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.ModelLoadException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Combines the hidden states of a pair into one vector. The vectors of several modes are
 * concatenated.
 *
 * @param width width of a hidden state
 * @param modes pooling modes in this order
 */
record Pooling(int width, List<Mode> modes) {

  private static final String LEGACY = "pooling_mode_";
  private static final Set<String> KEYS =
      Set.of("embedding_dimension", "word_embedding_dimension", "pooling_mode", "include_prompt");

  /** The names in the configuration of sentence-transformers. */
  enum Mode {
    CLS("cls"),
    MEAN("mean"),
    MAX("max"),
    MEAN_SQRT_LEN("mean_sqrt_len_tokens"),
    WEIGHTED_MEAN("weightedmean"),
    LAST_TOKEN("lasttoken");

    private final String id;

    Mode(String id) {
      this.id = id;
    }
  }

  /**
   * Reads config.json.
   *
   * @param hasPrompt whether the model puts a prompt before each query
   * @throws ModelLoadException if a setting is invalid or unsupported
   */
  static Pooling read(JsonFile config, boolean hasPrompt) {
    for (String key : config.json().keySet()) {
      if (!KEYS.contains(key) && !key.startsWith(LEGACY)) {
        throw config.refused(key + " is not a valid key of a Pooling module");
      }
    }
    if (hasPrompt && !config.flag("include_prompt", true)) {
      throw config.refused("include_prompt false is not supported together with a default prompt");
    }
    String dimension =
        config.has("embedding_dimension") ? "embedding_dimension" : "word_embedding_dimension";
    return new Pooling(config.size(dimension), modes(config));
  }

  private static List<Mode> modes(JsonFile config) {
    List<Mode> modes = new ArrayList<>();
    if (config.has("pooling_mode")) {
      JsonElement value = config.json().get("pooling_mode");
      List<JsonElement> names =
          value instanceof JsonArray several ? several.asList() : List.of(value);
      for (JsonElement name : names) {
        modes.add(
            Arrays.stream(Mode.values())
                .filter(
                    mode -> name instanceof JsonPrimitive id && mode.id.equals(id.getAsString()))
                .findFirst()
                .orElseThrow(
                    () ->
                        config.wrong(
                            "pooling_mode",
                            Arrays.stream(Mode.values())
                                .map(mode -> mode.id)
                                .toList()
                                .toString())));
      }
    } else {
      modes.addAll(legacyModes(config));
    }
    return modes.isEmpty() ? List.of(Mode.MEAN) : List.copyOf(modes);
  }

  /** Before version 5.4, each mode had its own flag. */
  private static List<Mode> legacyModes(JsonFile config) {
    List<Mode> modes = new ArrayList<>();
    for (Mode mode :
        List.of(
            Mode.CLS,
            Mode.MAX,
            Mode.MEAN,
            Mode.MEAN_SQRT_LEN,
            Mode.WEIGHTED_MEAN,
            Mode.LAST_TOKEN)) {
      if (config.flag(LEGACY + legacyName(mode), false)) {
        modes.add(mode);
      }
    }
    for (String key : config.json().keySet()) {
      if (key.startsWith(LEGACY)
          && Arrays.stream(Mode.values())
              .noneMatch(mode -> key.equals(LEGACY + legacyName(mode)))) {
        throw config.refused(key + " is not a valid key of a Pooling module");
      }
    }
    return modes;
  }

  private static String legacyName(Mode mode) {
    return switch (mode) {
      case CLS, MEAN, MAX -> mode.id + (mode == Mode.CLS ? "_token" : "_tokens");
      default -> mode.id;
    };
  }

  int outputWidth() {
    return width * modes.size();
  }

  /**
   * The vector of one pair.
   *
   * @param hidden hidden states, row by row
   * @param from index of the first value of the pair
   * @param length number of tokens of the pair; the rest is padding
   */
  float[] pool(FloatBuffer hidden, int from, int length) {
    float[] pooled = new float[outputWidth()];
    for (int i = 0; i < modes.size(); i++) {
      for (int column = 0; column < width; column++) {
        pooled[i * width + column] = value(modes.get(i), hidden, from + column, length);
      }
    }
    return pooled;
  }

  private float value(Mode mode, FloatBuffer hidden, int from, int length) {
    return switch (mode) {
      case CLS -> hidden.get(from);
      case LAST_TOKEN -> hidden.get(from + (length - 1) * width);
      case MAX -> {
        float max = Float.NEGATIVE_INFINITY;
        for (int row = 0; row < length; row++) {
          max = Math.max(max, hidden.get(from + row * width));
        }
        yield max;
      }
      case MEAN -> (float) (sum(hidden, from, length, false) / length);
      case MEAN_SQRT_LEN -> (float) (sum(hidden, from, length, false) / Math.sqrt(length));
      case WEIGHTED_MEAN ->
          (float) (sum(hidden, from, length, true) / (length * (length + 1.0) / 2));
    };
  }

  /** With weights, the first token counts once, the second twice, and so on. */
  private double sum(FloatBuffer hidden, int from, int length, boolean weighted) {
    double sum = 0;
    for (int row = 0; row < length; row++) {
      sum += hidden.get(from + row * width) * (weighted ? row + 1.0 : 1.0);
    }
    return sum;
  }
}
