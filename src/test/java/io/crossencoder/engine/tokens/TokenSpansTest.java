// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.engine.TestModels.Reference;
import io.crossencoder.engine.files.ModelFiles;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.Test;

/** Offsets of tokens in a passage, and windows at these offsets, for every kind of tokenizer. */
public class TokenSpansTest {

  private static final List<String> FAMILIES =
      List.of("bert", "roberta", "xlm-roberta", "deberta-v3", "modernbert");

  private static PairTokenizer tokenizer(String family) {
    Path model = TestModels.tiny(family);
    int maxLength = ModelFiles.read(model, ModelOptions.DEFAULTS).maxLength();
    return PairTokenizer.load(model.resolve("tokenizer.json"), maxLength);
  }

  @Test
  public void spansAreThoseOfPythonsTokenizers() throws IOException {
    for (String family : FAMILIES) {
      try (PairTokenizer tokenizer = tokenizer(family)) {
        for (Reference pair : TestModels.references(TestModels.tiny(family))) {
          TokenSpans spans = tokenizer.spans(pair.query(), pair.passage());
          int[] codePoints = new int[2 * spans.count()];
          for (int i = 0; i < spans.count(); i++) {
            codePoints[2 * i] = pair.passage().codePointCount(0, spans.starts()[i]);
            codePoints[2 * i + 1] = pair.passage().codePointCount(0, spans.ends()[i]);
          }
          assertArrayEquals(family + ": " + pair, pair.spans(), codePoints);
        }
      }
    }
  }

  @Test
  public void windowsMissNothingAndBreakNoCharacter() {
    for (String family : FAMILIES) {
      try (PairTokenizer tokenizer = tokenizer(family)) {
        int windows = 0;
        for (String text :
            List.of(
                numbered(30, "The captain % goes up the river. "),
                numbered(60, "\u4EBA\u4EBA\u751F\u800C%\u81EA\u7531"),
                numbered(60, "\uD83D\uDE80\uD83D\uDC4D\uD83C\uDFFD % "),
                numbered(60, "\uD83D\uDE80%\uD83D\uDC4D\uD83C\uDFFD"),
                numbered(40, "\u05E9\u05DC\u05D5\u05DD \u202Ewar%\u202C e\u0301 "),
                numbered(20, "\uFDFA % ") + "x".repeat(30))) {
          windows += assertCovered(family, tokenizer, "", text);
          windows += assertCovered(family, tokenizer, "Apocalypse \uD83D\uDE80", text);
        }
        assertTrue(family + ": " + windows, windows > 50);
      }
    }
  }

  /** A repeated text with numbers, so that every position is unique. */
  private static String numbered(int count, String pattern) {
    return IntStream.range(100, 100 + count)
        .mapToObj(i -> pattern.replace("%", Integer.toString(i)))
        .collect(Collectors.joining());
  }

  /** Counts the windows. */
  private static int assertCovered(
      String family, PairTokenizer tokenizer, String title, String text) {
    String query = "war";
    Windows windows =
        new WindowCutter(passage -> tokenizer.spans(query, passage))
            .cut(new Passage(title, text), 1_000);
    String prefix = title.isEmpty() ? "" : title + "\n\n";
    assertFalse(family, windows.truncated());
    int read = 0;
    for (String window : windows.texts()) {
      assertTrue(family, window.startsWith(prefix));
      String part = window.substring(prefix.length());
      assertEquals(family + ": a broken pair in " + part, part, wellFormed(part));
      int start = text.indexOf(part);
      assertTrue(family + ": a gap before " + part, start >= 0 && start <= read);
      TokenSpans spans = tokenizer.spans(query, window);
      read = Math.max(read, start + spans.endOf(spans.count()) - prefix.length());
    }
    String rest = text.substring(read);
    assertTrue(
        family + " reads no " + rest, rest.codePoints().noneMatch(Character::isLetterOrDigit));
    return windows.texts().size();
  }

  private static String wellFormed(String text) {
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new String(utf8, java.nio.charset.StandardCharsets.UTF_8);
  }
}
