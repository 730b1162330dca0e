// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.ModelLoadException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The normalizer settings in tokenizer_config.json of a BERT tokenizer. Python's BERT tokenizers
 * prefer them to tokenizer.json; the two generic tokenizer classes do not.
 */
final class BertNormalizer {

  static final String CONFIG = "tokenizer_config.json";
  private static final Set<String> GENERIC = Set.of("PreTrainedTokenizerFast", "TokenizersBackend");

  /** Keys in tokenizer_config.json, and their names in the normalizer. */
  private static final Map<String, String> KEYS =
      Map.of(
          "do_lower_case", "lowercase",
          "strip_accents", "strip_accents",
          "tokenize_chinese_chars", "handle_chinese_chars");

  private BertNormalizer() {}

  /**
   * The normalizer that Python would use.
   *
   * @param tokenizer path of tokenizer.json; tokenizer_config.json is in the same directory
   * @param normalizer normalizer in tokenizer.json
   * @return a changed copy, or {@code normalizer}
   * @throws ModelLoadException if tokenizer_config.json is not a JSON object
   */
  static JsonElement asPython(Path tokenizer, JsonElement normalizer) {
    Path file = tokenizer.resolveSibling(CONFIG);
    boolean isBert =
        normalizer instanceof JsonObject object
            && object.get("type") instanceof JsonPrimitive type
            && type.getAsString().equals("BertNormalizer");
    if (!isBert || !Files.isRegularFile(file)) {
      return normalizer;
    }
    JsonObject config = JsonFile.read(file).json();
    if (config.get("tokenizer_class") instanceof JsonPrimitive name
        && GENERIC.contains(name.getAsString())) {
      return normalizer;
    }
    JsonObject changed = normalizer.getAsJsonObject().deepCopy();
    KEYS.forEach(
        (key, property) -> {
          if (config.get(key) instanceof JsonPrimitive value && value.isBoolean()) {
            changed.add(property, value);
          }
        });
    return changed;
  }
}
