// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public final class SideBySideTest {

  private static ResultPage page(String... titles) {
    return page(Map.of(), titles);
  }

  private static ResultPage page(Map<String, Object> section, String... titles) {
    List<ResultPage.Hit> hits = new ArrayList<>();
    for (String title : titles) {
      hits.add(new ResultPage.Hit(title, title, "1999", 9 - hits.size()));
    }
    return new ResultPage(hits, titles.length, 3, section);
  }

  private static List<String> render(ResultPage first, ResultPage reranked) {
    return new SideBySide(2, 100, false, FirstPass.BM25).render(first, reranked).lines().toList();
  }

  private static String move(String line) {
    return line.substring(line.lastIndexOf("  ")).strip();
  }

  @Test
  public void bothPagesStandSideBySide() {
    assertEquals(
        """
            first pass                        BM25  │     reranked                         score  move
          1 A (1999)                          9.00  │   1 B (1999)                          9.00  ▲1
          2 B (1999)                          8.00  │   2 A (1999)                          8.00  ▼1
        """,
        new SideBySide(2, 100, false, FirstPass.BM25).render(page("A", "B"), page("B", "A")));
  }

  @Test
  public void aFilmThatStaysIsMarkedSo() {
    assertEquals("=", move(render(page("A"), page("A")).get(1)));
  }

  @Test
  public void aFilmFromBeyondThePageIsNewWithItsRank() {
    assertEquals("new (3)", move(render(page("A", "B", "C"), page("C")).get(1)));
  }

  @Test
  public void aFilmFromBeyondWhatIsKnownIsJustNew() {
    assertEquals("new", move(render(page("A"), page("C")).get(1)));
  }

  @Test
  public void pagesOfDifferentLengthAreBothShown() {
    List<String> lines = render(page("A"), page("B", "C"));
    assertEquals(3, lines.size());
    assertTrue(lines.get(2), lines.get(2).contains("│   2 C (1999)"));
  }

  @Test
  public void noHitsIsSaidSo() {
    assertEquals(List.of("No documents found."), render(page(), page()));
  }

  @Test
  public void aHitThatNoModelSawHasNoLogit() {
    ResultPage tail =
        new ResultPage(List.of(new ResultPage.Hit("A", "A", "", -1.1e20f)), 1, 1, Map.of());
    assertTrue(render(page("A"), tail).get(1).contains(" -  ="));
  }

  @Test
  public void noLineIsWiderThanTheTerminal() {
    ResultPage page = page("千と千尋の神隠し".repeat(20), "x".repeat(500), "🚀 עברית e\u0301".repeat(50));
    for (int width = 60; width <= 160; width++) {
      for (String line :
          new SideBySide(3, width, false, FirstPass.BM25).render(page, page).lines().toList()) {
        assertTrue(line, TerminalText.width(line) <= width);
      }
    }
  }

  @Test
  public void aLongTitleKeepsItsYear() {
    assertTrue(render(page("x".repeat(50)), page()).get(1).contains("x… (1999)"));
  }

  @Test
  public void aTitleCannotDriveTheTerminal() {
    String text = String.join("\n", render(page("\u001b[2Jred\u202E\r\nx"), page()));
    assertTrue(text, text.contains("[2Jred  x"));
    assertFalse(text, text.contains("\u001b"));
  }

  @Test
  public void colorsComeOnlyWhenAskedFor() {
    ResultPage page = page("A", "B");
    assertTrue(new SideBySide(2, 100, true, FirstPass.BM25).render(page, page).contains("\u001b["));
    assertFalse(
        new SideBySide(2, 100, false, FirstPass.BM25).render(page, page).contains("\u001b["));
  }

  @Test
  public void theSummaryHasHitsAndTimes() {
    assertEquals(
        "1 hit · first pass 3 ms · reranked 3 ms\n",
        new SideBySide(2, 100, false, FirstPass.BM25).summary(page("A"), page("A")));
  }

  @Test
  public void theSummaryShowsWhatThePluginSaysInLinesThatFit() {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("model", "tmdb-starter");
    section.put("candidates", 1050);
    section.put("inferenceMs", 210.4);
    section.put("outcome", "complete");
    assertEquals(
        List.of(
            "1 hit · first pass 3 ms · reranked 3 ms",
            "model tmdb-starter · candidates 1,050 · inference 210 ms",
            "outcome complete"),
        new SideBySide(2, 60, false, FirstPass.BM25)
            .summary(page("A"), page(section, "A"))
            .lines()
            .toList());
  }
}
