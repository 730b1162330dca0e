// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.engine.tokens.NativeTokenizer.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Removes tokens from a pair that is too long, like Python's tokenizers up to version 0.22: the
 * longer text is truncated first. Of two equally long texts, the passage counts as the longer one.
 *
 * @param maxLength maximum number of tokens per pair, including special tokens
 * @param left whether to remove the first tokens of a text; otherwise the last ones
 */
record Truncation(int maxLength, boolean left) {

  /**
   * The truncation that Python would use. Its length and strategy in tokenizer.json have no effect.
   *
   * @param file path of tokenizer.json; tokenizer_config.json is in the same directory
   * @param truncation truncation in tokenizer.json
   */
  static Truncation of(int maxLength, Path file, JsonElement truncation) {
    JsonFile config = JsonFile.readIfPresent(file.resolveSibling(BertNormalizer.CONFIG));
    JsonObject object = truncation instanceof JsonObject known ? known : new JsonObject();
    return new Truncation(
        maxLength,
        config
            .text("truncation_side")
            .or(() -> new JsonFile(file, object).text("direction"))
            .orElse("right")
            .equalsIgnoreCase("left"));
  }

  /**
   * A pair that fits.
   *
   * @param kept indices of the remaining tokens
   * @param passage those of the passage
   */
  record Cut(Tokens tokens, int[] kept, int[] passage) {

    boolean truncated() {
      return kept.length < tokens.ids().length;
    }

    Encoding encoding() {
      return truncated()
          ? new Encoding(pick(tokens.ids(), kept), pick(tokens.typeIds(), kept), true)
          : new Encoding(tokens.ids(), tokens.typeIds(), false);
    }

    private static long[] pick(long[] values, int[] places) {
      return Arrays.stream(places).mapToLong(place -> values[place]).toArray();
    }
  }

  /**
   * Truncates a pair.
   *
   * @param tokens tokens of the query and of {@link #isEnough} of the passage
   * @param query indices of the query's tokens
   * @param passage indices of the passage's tokens
   */
  Cut cut(Tokens tokens, int[] query, int[] passage) {
    int all = tokens.ids().length;
    int room = Math.max(0, maxLength - (all - query.length - passage.length));
    if (query.length + passage.length <= room) {
      return new Cut(tokens, IntStream.range(0, all).toArray(), passage);
    }
    int half = room / 2;
    int ofQuery =
        query.length > passage.length
            ? room - Math.min(passage.length, half)
            : Math.min(query.length, half);
    int[] ofPassage = remaining(passage, room - ofQuery);
    boolean[] dropped = new boolean[all];
    IntStream.concat(Arrays.stream(query), Arrays.stream(passage))
        .forEach(token -> dropped[token] = true);
    IntStream.concat(Arrays.stream(remaining(query, ofQuery)), Arrays.stream(ofPassage))
        .forEach(token -> dropped[token] = false);
    int[] kept = IntStream.range(0, all).filter(token -> !dropped[token]).toArray();
    return new Cut(tokens, kept, ofPassage);
  }

  /**
   * Whether the beginning of a passage has all tokens that can remain, and determines which text is
   * longer; never if the first tokens are removed.
   *
   * @param query number of tokens of the query
   * @param passage number of tokens of the beginning
   */
  boolean isEnough(int query, int passage) {
    return !left && passage >= Math.max(maxLength, query);
  }

  private int[] remaining(int[] tokens, int count) {
    return left
        ? Arrays.copyOfRange(tokens, tokens.length - count, tokens.length)
        : Arrays.copyOf(tokens, count);
  }
}
