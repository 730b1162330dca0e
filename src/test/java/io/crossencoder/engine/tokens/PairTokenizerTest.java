// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

public class PairTokenizerTest {

  private static final int MAX_LENGTH = 64;
  private static PairTokenizer tokenizer;
  private static PairTokenizer wide;

  @BeforeClass
  public static void load() {
    tokenizer = PairTokenizer.load(TestModels.STARTER.resolve("tokenizer.json"), MAX_LENGTH);
    wide = PairTokenizer.load(TestModels.STARTER.resolve("tokenizer.json"), 100_000);
  }

  @AfterClass
  public static void close() {
    tokenizer.close();
    wide.close();
  }

  @Test
  public void thePassageIsCutAndNeverTheQuery() {
    String query = "a long query of some words that all have to stay";
    Encoding cut = tokenizer.encode(query, "war ".repeat(500));
    Encoding whole = wide.encode(query, "war");
    assertTrue(cut.truncated());
    assertEquals(MAX_LENGTH, cut.length());
    int queryLength = whole.length() - 2;
    assertArrayEquals(
        Arrays.copyOf(whole.ids(), queryLength), Arrays.copyOf(cut.ids(), queryLength));
    assertEquals("the pair still ends with [SEP]", whole.ids()[whole.length() - 1], cut.ids()[63]);
  }

  @Test
  public void aQueryThatFillsTheModelLeavesRoomForAPassage() {
    String query = tokenizer.fitQuery("war and peace ".repeat(300));
    Encoding encoding = tokenizer.encode(query, "Napoleon marches on Moscow");
    assertEquals(MAX_LENGTH / 2, wide.encode(query, "").length() - 3);
    assertTrue(encoding.length() <= MAX_LENGTH);
    assertTrue("the passage is there", Arrays.stream(encoding.typeIds()).sum() > 2);
  }

  @Test
  public void aShortQueryStaysAsItIs() {
    assertEquals("vietnam war", tokenizer.fitQuery("vietnam war"));
    assertEquals("", tokenizer.fitQuery(""));
  }

  @Test
  public void theHeadOfALongPassageHasTheTokensOfTheWhole() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      StringBuilder passage = new StringBuilder();
      while (passage.length() < 6_000) {
        passage.append(randomWord(random)).append(random.nextInt(9) == 0 ? "\n\n" : " ");
      }
      Encoding cut = tokenizer.encode("war", passage.toString());
      Encoding whole = wide.encode("war", passage.toString());
      assertTrue(cut.truncated());
      assertFalse(whole.truncated());
      assertArrayEquals(
          Arrays.copyOf(whole.ids(), MAX_LENGTH - 1), Arrays.copyOf(cut.ids(), MAX_LENGTH - 1));
    }
  }

  private static String randomWord(Random random) {
    String letters = "abcdefgéßçñ\u05D0\u05D1\u4F60\u597D'-.,!\uD83D\uDE80";
    return random
        .ints(1 + random.nextInt(12), 0, letters.codePointCount(0, letters.length()))
        .map(i -> letters.codePointAt(letters.offsetByCodePoints(0, i)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test(timeout = 300_000)
  public void aMegabyteCostsNoMoreThanWhatIsRead() {
    for (String passage :
        new String[] {
          "word ".repeat(200_000),
          "x".repeat(1_000_000),
          "Title\n\n" + "a.b,".repeat(250_000),
          "\u4F60".repeat(1_000_000),
          "\uD83D\uDE80".repeat(500_000),
          " ".repeat(1_000_000)
        }) {
      assertTrue(tokenizer.encode("war", passage).length() <= MAX_LENGTH);
    }
  }

  @Test
  public void awkwardTextsAreTokenizedToo() {
    for (String text :
        new String[] {
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "\uD83D",
          "\uDE80x",
          "\u202Eשלום\u202C",
          "\u0007\u001B[0m",
          "e\u0301\u0302\u0303",
          "\uFEFF",
          "[CLS] [SEP] [MASK]",
          "<script>alert(1)</script>"
        }) {
      assertTrue(text, tokenizer.encode(tokenizer.fitQuery(text), "passage").length() >= 3);
      assertTrue(text, tokenizer.encode("query", text).length() >= 3);
    }
  }

  @Test
  public void aBrokenSurrogateSpoilsNoOtherCharacter() {
    assertArrayEquals(
        tokenizer.encode("war", "\uD83D\uDE80 rocket \uFFFD").ids(),
        tokenizer.encode("war", "\uD83D\uDE80 rocket \uD83D").ids());
  }

  @Test
  public void aLongQueryOfAnyCharactersIsCutWhereItIsRead() {
    for (String word : new String[] {"\uD83D\uDE80 ", "\uD83D ", "\uDE80\uD83D "}) {
      String query = tokenizer.fitQuery((word + "war ").repeat(300));
      assertTrue(query, query.startsWith(word) && query.length() < 300);
    }
  }

  @Test
  public void aCharacterOfManyTokensIsCountedAsThem() {
    for (String family : new String[] {"roberta", "xlm-roberta", "deberta-v3", "modernbert"}) {
      Path file = TestModels.tiny(family).resolve("tokenizer.json");
      for (int maxLength : new int[] {16, 64}) {
        try (PairTokenizer small = PairTokenizer.load(file, maxLength)) {
          for (String character : new String[] {"\uFDFA", "\uD83D\uDE80", "\u4EBA", "\u0E01"}) {
            String query = small.fitQuery(character.repeat(maxLength));
            Encoding encoding = small.encode(query, "x war");
            assertTrue(family + " " + character, encoding.length() <= maxLength);
            TokenSpans read = small.spans(query, "x war");
            assertTrue(family + " " + character + " leaves no room", read.count() > 0);
          }
        }
      }
    }
  }
}
