// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import io.crossencoder.engine.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The expected numbers are those of Python's tokenizers, up to version 0.22. */
public class TruncationTest {

  /** Three tokens in the tiny BERT, four in the tiny XLM-RoBERTa. */
  private static final String WORD = "qxz ";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static Path tokenizer(String family) {
    return TestModels.tiny(family).resolve("tokenizer.json");
  }

  /** Pairs of words, and the tokens that remain of query and passage. */
  private static void assertRemains(
      String family, int maxLength, String word, int[][] wordsAndTokens) {
    try (PairTokenizer tokenizer = PairTokenizer.load(tokenizer(family), maxLength);
        PairTokenizer whole = PairTokenizer.load(tokenizer(family), 1_000_000)) {
      for (int[] row : wordsAndTokens) {
        String query = word.repeat(row[0]);
        String passage = word.repeat(row[1]);
        int ofQuery = row[2];
        long[] all = whole.encode(query, "").ids();
        long[] ids = tokenizer.encode(query, passage).ids();
        String what = family + " " + maxLength + " " + Arrays.toString(row);
        assertEquals(what, maxLength, ids.length);
        assertArrayEquals(what, Arrays.copyOf(all, 1 + ofQuery), Arrays.copyOf(ids, 1 + ofQuery));
        assertEquals(what + ": a special token", all[all.length - 1], ids[1 + ofQuery]);
      }
    }
  }

  @Test
  public void theLongerTextKeepsTheOddToken() {
    int[][] rows = {{59, 59, 30}, {60, 59, 31}, {59, 60, 30}, {30, 200, 30}, {200, 30, 31}};
    assertRemains("bert", 64, "a ", rows);
  }

  @Test
  public void wholeTextsAreCompared() {
    assertRemains("bert", 64, "a ", new int[][] {{200, 64, 31}, {200, 199, 31}, {199, 200, 30}});
    int[][] words = {{22, 22, 30}, {23, 22, 31}, {9_000, 9_000, 30}, {9_000, 8_999, 31}};
    assertRemains("bert", 64, WORD, words);
    assertRemains("xlm-roberta", 17, WORD, new int[][] {{6, 5, 7}, {6, 6, 6}, {5, 6, 6}});
  }

  @Test
  public void theFirstTokensAreRemovedWhereOneOfTheTwoFilesSaysSo() throws Exception {
    long[] ids = {2, 246, 260, 254, 242, 253, 468, 3, 465, 32, 250, 262, 246, 258, 7, 3};
    String json = Files.readString(tokenizer("bert"));
    String left =
        json.replaceFirst(
            "\"truncation\":null",
            "\"truncation\":{\"direction\":\"Left\",\"max_length\":5,\"strategy\":\"OnlySecond\",\"stride\":0}");
    assertLeft(json, "{\"truncation_side\": \"left\"}", ids);
    assertLeft(left, "{}", ids);
    try (PairTokenizer right = load(left, "{\"truncation_side\": \"right\"}")) {
      assertEquals(36, right.encode("vietnam war", "A captain is sent up the river.").ids()[1]);
    }
  }

  private PairTokenizer load(String json, String config) throws Exception {
    Path directory = folder.newFolder().toPath();
    Files.writeString(directory.resolve("tokenizer_config.json"), config);
    Path file = Files.writeString(directory.resolve("tokenizer.json"), json);
    return PairTokenizer.load(file, 16);
  }

  private void assertLeft(String json, String config, long[] ids) throws Exception {
    try (PairTokenizer tokenizer = load(json, config)) {
      assertArrayEquals(
          ids, tokenizer.encode("vietnam war", "A captain is sent up the river.").ids());
      assertArrayEquals(
          "of a long text, too",
          ids,
          tokenizer.encode("vietnam war", "x ".repeat(9_000) + "is sent up the river.").ids());
      assertEquals(
          "windows begin at the start", 0, tokenizer.spans("war", "a ".repeat(99)).starts()[0]);
    }
  }

  @Test
  public void aWordThatIsTooLongForWordPieceIsOneTokenAlsoInASmallModel() {
    try (PairTokenizer tokenizer = PairTokenizer.load(tokenizer("bert"), 16)) {
      String word = "a\u0301".repeat(110);
      assertArrayEquals(
          new long[] {2, 468, 3, 1, 16, 3}, tokenizer.encode("war", word + " a").ids());
      assertEquals(16, tokenizer.encode("war", "a\u0301".repeat(90) + " a").length());
    }
  }
}
