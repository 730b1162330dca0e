// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** Windows with the tokenizer of the bundled model and a limit of 64 tokens. */
public class WindowCutterTest {

  private static final int MAX_LENGTH = 64;
  private static final String QUERY = "vietnam war";
  private static final String TITLE = "Apocalypse Now";
  private static final String PREFIX = TITLE + "\n\n";

  private static PairTokenizer tokenizer;

  @BeforeClass
  public static void load() {
    tokenizer = PairTokenizer.load(TestModels.STARTER.resolve("tokenizer.json"), MAX_LENGTH);
  }

  @AfterClass
  public static void close() {
    tokenizer.close();
  }

  private static Windows cut(String title, String text, int most) {
    return new WindowCutter(passage -> tokenizer.spans(QUERY, passage))
        .cut(new Passage(title, text), most);
  }

  /** Unique words of one to three tokens, so that every position is unique. */
  private static String words(int count) {
    return IntStream.range(0, count).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
  }

  private static void assertFits(List<String> windows) {
    for (String window : windows) {
      Encoding encoding = tokenizer.encode(QUERY, window);
      assertFalse(window, encoding.truncated());
      assertTrue(window, encoding.length() <= MAX_LENGTH);
    }
  }

  /** The position of each window in the text; fails if a part of the text is missing. */
  private static void assertCovers(String prefix, String text, List<String> windows) {
    int covered = 0;
    int before = -1;
    for (String window : windows) {
      assertTrue(window, window.startsWith(prefix));
      int start = text.indexOf(window.substring(prefix.length()), before + 1);
      assertTrue("in order", start > before);
      assertTrue("no gap", start <= covered);
      before = start;
      covered = start + window.length() - prefix.length();
    }
    assertEquals(text.length(), covered);
  }

  @Test
  public void aPassageThatFitsIsOneWindowAndTheWholePassage() {
    Windows windows = cut(TITLE, "A captain is sent up the river.", 8);
    assertEquals(List.of(PREFIX + "A captain is sent up the river."), windows.texts());
    assertFalse(windows.truncated());
  }

  @Test
  public void windowsFitHaveTheTitleAndCoverTheText() {
    String text = words(100);
    Windows windows = cut(TITLE, text, 64);
    assertFalse(windows.truncated());
    assertFits(windows.texts());
    assertCovers(PREFIX, text, windows.texts());
  }

  @Test
  public void windowsAreFullAndOverlapByAQuarter() {
    List<String> windows = cut(TITLE, "rain ".repeat(300).trim(), 64).texts();
    for (int i = 0; i < windows.size() - 1; i++) {
      assertEquals(MAX_LENGTH, tokenizer.encode(QUERY, windows.get(i)).length());
    }
    int room = windows.get(0).substring(PREFIX.length()).split(" ").length;
    int step = room - room / 4;
    assertEquals(1 + (300 - room + step - 1) / step, windows.size());
  }

  @Test
  public void seamsAreBetweenWords() {
    String text = words(100);
    List<String> all = List.of(text.split(" "));
    for (String window : cut(TITLE, text, 64).texts()) {
      List<String> words = List.of(window.substring(PREFIX.length()).split(" "));
      assertTrue(window, all.containsAll(words));
    }
  }

  @Test
  public void whatTheLastWindowLeavesOutIsTruncated() {
    Windows windows = cut(TITLE, words(100), 2);
    assertEquals(2, windows.texts().size());
    assertTrue(windows.truncated());
  }

  @Test
  public void aTitleTakesHalfOfAWindowAtMost() {
    String title = "title ".repeat(200).trim();
    String text = words(40);
    Windows windows = cut(title, text, 64);
    assertTrue("a part of the title is in no window", windows.truncated());
    assertFits(windows.texts());
    String prefix = windows.texts().get(0).substring(0, windows.texts().get(0).indexOf("word0"));
    assertTrue(prefix, prefix.length() > 100 && prefix.length() < title.length());
    assertCovers(prefix, text, windows.texts());
  }

  @Test
  public void aLongTitleWithoutATextIsTheText() {
    String title = words(100);
    Windows windows = cut(title, "", 64);
    assertFalse(windows.truncated());
    assertCovers("", title, windows.texts());
  }

  @Test
  public void textsWithoutSpacesAreCutBetweenTokens() {
    for (String text :
        new String[] {
          "\u4F60\u597D\u4E16\u754C".repeat(100), "\uD83D\uDE80.\uD83C\uDFAC,".repeat(50)
        }) {
      Windows windows = cut("", text, 64);
      assertTrue(windows.texts().size() > 1);
      for (String window : windows.texts()) {
        assertTrue(text.contains(window));
        assertFalse("no half of a pair", Character.isLowSurrogate(window.charAt(0)));
      }
    }
  }

  @Test
  public void brokenSurrogatesMoveNoSeam() {
    String text = "\uD83D " + words(50) + " \uDE80 \uD83D\uDE80 " + words(50);
    Windows windows = cut(TITLE, text, 64);
    assertFits(windows.texts());
    assertCovers(PREFIX, text, windows.texts());
  }

  @Test(timeout = 300_000)
  public void aMegabyteCostsNoMoreThanItsWindows() {
    for (String text :
        new String[] {
          "word ".repeat(200_000), "a.b,".repeat(250_000), "\u4F60".repeat(1_000_000)
        }) {
      Windows windows = cut(TITLE, text, 8);
      assertTrue(windows.truncated());
      assertTrue(windows.texts().stream().mapToInt(String::length).sum() < 20_000);
    }
  }
}
