// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.crossencoder.engine.json.JsonErrors;
import io.crossencoder.model.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Validates a tokenizer.json, because some malformed files end the JVM in the native library. */
final class TokenizerJson {

  private static final List<String> PARTS =
      List.of("normalizer", "pre_tokenizer", "post_processor");
  private static final List<String> SEQUENCES =
      List.of("normalizers", "pretokenizers", "processors");

  private final Path file;
  private final JsonObject root;

  private TokenizerJson(Path file, JsonObject root) {
    this.file = file;
    this.root = root;
  }

  /** Reads a file; throws {@link ModelLoadException} if it is not a valid tokenizer. */
  static TokenizerJson read(Path file) {
    try {
      JsonElement root = JsonParser.parseString(Files.readString(file));
      TokenizerJson json = new TokenizerJson(file, root.getAsJsonObject());
      json.check();
      return json;
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new ModelLoadException(file, "is not a tokenizer: " + JsonErrors.reason(e), e);
    } catch (ClassCastException | NumberFormatException e) {
      throw new ModelLoadException(
          file, "has a value of the wrong type: " + JsonErrors.reason(e), e);
    }
  }

  /** The file for the native library: strict JSON without the parts that only decoding needs. */
  byte[] forEncoding() {
    JsonObject copy = new JsonObject();
    root.entrySet().forEach(part -> copy.add(part.getKey(), part.getValue()));
    copy.add("normalizer", BertNormalizer.asPython(file, root.get("normalizer")));
    for (String unused : List.of("decoder", "truncation", "padding")) {
      copy.add(unused, JsonNull.INSTANCE);
    }
    return copy.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** How Python would truncate. */
  Truncation truncation(int maxLength) {
    return Truncation.of(maxLength, file, root.get("truncation"));
  }

  /** The highest token id. */
  long highestId() {
    long highest = 0;
    JsonElement vocabulary = model().get("vocab");
    if (vocabulary instanceof JsonArray pieces) {
      highest = pieces.size() - 1L;
    } else if (vocabulary instanceof JsonObject ids) {
      for (Map.Entry<String, JsonElement> token : ids.entrySet()) {
        highest = Math.max(highest, token.getValue().getAsLong());
      }
    }
    if (root.get("added_tokens") instanceof JsonArray added) {
      for (JsonElement token : added) {
        highest = Math.max(highest, token.getAsJsonObject().get("id").getAsLong());
      }
    }
    return highest;
  }

  private JsonObject model() {
    return object(root, "model");
  }

  private void check() {
    checkVocabulary();
    AddedTokens.check(file, model().get("vocab"), root.get("added_tokens"));
    checkMerges();
    for (String part : PARTS) {
      for (JsonObject step : steps(root.get(part))) {
        switch (text(step, "type")) {
          case "TemplateProcessing" -> checkTemplate(step);
          case "Precompiled" -> checkCharsmap(step);
          case "Replace" -> checkPattern(step);
          case "FixedLength" -> checkLength(step);
          default -> {
            // The native library reports errors in the other types itself.
          }
        }
      }
    }
  }

  /** The steps of a part of the pipeline; nested sequences are expanded. */
  private static List<JsonObject> steps(JsonElement part) {
    List<JsonObject> steps = new ArrayList<>();
    if (part instanceof JsonObject step) {
      steps.add(step);
      for (String sequence : SEQUENCES) {
        if (step.get(sequence) instanceof JsonArray inner) {
          inner.forEach(element -> steps.addAll(steps(element)));
        }
      }
    }
    return steps;
  }

  /** Without a token for unknown text, tokenizing would fail in requests. */
  private void checkVocabulary() {
    JsonElement vocabulary = model().get("vocab");
    if (vocabulary instanceof JsonArray pieces) {
      if (pieces.isEmpty() || !(model().get("unk_id") instanceof JsonPrimitive)) {
        throw unusable("its vocabulary is empty, or it has no unk_id");
      }
    } else if (vocabulary instanceof JsonObject ids) {
      String unknown = text(model(), "unk_token");
      if (ids.size() == 0 || (!unknown.isEmpty() && !ids.has(unknown))) {
        throw unusable("its vocabulary has no unk_token '" + unknown + "'");
      }
    } else {
      throw unusable("its model has no vocab");
    }
  }

  /**
   * The native library removes the prefix from the second half of each merge without checking it.
   */
  private void checkMerges() {
    String prefix = text(model(), "continuing_subword_prefix");
    if (prefix.isEmpty() || !(model().get("merges") instanceof JsonArray merges)) {
      return;
    }
    for (JsonElement merge : merges) {
      String second =
          merge instanceof JsonArray pair
              ? pair.get(pair.size() - 1).getAsString()
              : merge.getAsString().replaceFirst(".* ", "");
      if (!second.startsWith(prefix)) {
        throw unusable("merge " + merge + " lacks the continuing_subword_prefix '" + prefix + "'");
      }
    }
  }

  private void checkTemplate(JsonObject template) {
    JsonObject known = object(template, "special_tokens");
    List<String> sequences = new ArrayList<>();
    for (String form : List.of("single", "pair")) {
      if (!(template.get(form) instanceof JsonArray pieces)) {
        throw unusable("its template has no form '" + form + "'");
      }
      for (JsonElement piece : pieces) {
        JsonObject named = piece.getAsJsonObject();
        if (named.has("SpecialToken")) {
          String token = text(object(named, "SpecialToken"), "id");
          if (!known.has(token)) {
            String use = "its template '" + form + "' names the special token '" + token;
            throw unusable(use + "', which is not among its special_tokens " + known.keySet());
          }
        } else {
          sequences.add(form + text(object(named, "Sequence"), "id"));
        }
      }
    }
    if (sequences.stream().filter(List.of("pairA", "pairB")::contains).distinct().count() < 2
        || sequences.stream().filter(name -> name.startsWith("pair")).count() > 2) {
      throw unusable("its template 'pair' does not have the sequences A and B once each");
    }
  }

  /** Layout: four bytes with the size of a table, the table, and UTF-8 text. */
  private void checkCharsmap(JsonObject normalizer) {
    String base64 = text(normalizer, "precompiled_charsmap");
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      ByteBuffer charsmap = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int table = bytes.length < 4 ? -1 : charsmap.getInt() / 4 * 4;
      if (table > 0
          && table <= charsmap.remaining()
          // Java's decoder accepts padding that the native library rejects.
          && Base64.getEncoder().encodeToString(bytes).equals(base64)) {
        charsmap.position(4 + table);
        StandardCharsets.UTF_8.newDecoder().decode(charsmap);
        return;
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // Reported below, like a text that is too short.
    }
    throw unusable("its precompiled_charsmap is damaged");
  }

  private void checkPattern(JsonObject normalizer) {
    if (normalizer.get("pattern") instanceof JsonObject pattern && pattern.has("Regex")) {
      String regex = text(pattern, "Regex");
      try {
        if (Pattern.compile(regex).matcher("").find()) {
          throw unusable("it replaces '" + regex + "', which matches the empty text");
        }
      } catch (PatternSyntaxException e) {
        // Valid in another dialect or invalid; the native library reports it.
      }
    }
  }

  private void checkLength(JsonObject splitter) {
    if (!(splitter.get("length") instanceof JsonPrimitive length) || length.getAsLong() < 1) {
      throw unusable("it splits the text after every 0 characters");
    }
  }

  private static String text(JsonObject object, String key) {
    return object.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  private JsonObject object(JsonObject parent, String key) {
    if (parent.get(key) instanceof JsonObject object) {
      return object;
    }
    throw unusable("it has no object " + key);
  }

  private ModelLoadException unusable(String reason) {
    return new ModelLoadException(file, reason);
  }
}
