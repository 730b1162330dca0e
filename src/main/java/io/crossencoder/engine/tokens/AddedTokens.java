// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.crossencoder.model.ModelLoadException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens that a tokenizer.json adds to its vocabulary. The native library ignores the ids in
 * the file: each token has its id in the vocabulary, or the next free id. With other ids in the
 * file, the model's embeddings would belong to other tokens.
 */
final class AddedTokens {

  private AddedTokens() {}

  /**
   * Rejects ids that differ from those of the native library.
   *
   * @param vocabulary ids by token, or pieces in the order of their ids
   * @param added the added_tokens of the file; null if there are none
   * @throws ModelLoadException with the token and both ids
   */
  static void check(Path file, JsonElement vocabulary, JsonElement added) {
    Map<String, Long> ids = ids(vocabulary);
    long highest = -1;
    for (JsonElement element : added instanceof JsonArray tokens ? tokens : new JsonArray()) {
      JsonObject token = element.getAsJsonObject();
      String content = token.get("content").getAsString();
      if (content.isEmpty()) {
        // The library skips this token, too.
        continue;
      }
      long said = token.get("id").getAsLong();
      long given = ids.getOrDefault(content, Math.max(highest + 1, ids.size()));
      if (said != given) {
        throw new ModelLoadException(
            file,
            "added token '"
                + content
                + "' has the id "
                + said
                + ", but the tokenizer library assigns "
                + given);
      }
      highest = Math.max(highest, given);
    }
  }

  private static Map<String, Long> ids(JsonElement vocabulary) {
    Map<String, Long> ids = new HashMap<>();
    if (vocabulary instanceof JsonArray pieces) {
      for (JsonElement piece : pieces) {
        ids.putIfAbsent(piece.getAsJsonArray().get(0).getAsString(), (long) ids.size());
      }
    } else if (vocabulary instanceof JsonObject object) {
      object.entrySet().forEach(entry -> ids.put(entry.getKey(), entry.getValue().getAsLong()));
    }
    return ids;
  }
}
