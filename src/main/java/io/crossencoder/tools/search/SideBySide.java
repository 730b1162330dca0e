// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import io.crossencoder.tools.common.TerminalText;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.Style;

/** Formats the first pass and the reranked page side by side, with the rank changes. */
final class SideBySide {
  // Width of rank, score and move with their separators; the titles share the rest.
  private static final int RANK = 3;
  private static final int SCORE = 7;
  private static final int MOVE = 9;
  private static final String GAP = "  │ ";
  private static final String SEPARATOR = " · ";
  private static final int ALL_BUT_TITLES = 2 * (RANK + 1 + 1 + SCORE) + GAP.length() + 2 + MOVE;
  // Lower scores belong to documents that were not reranked; io.crossencoder.lucene.TailScores.
  private static final float MIN_SCORE = -1e20f;

  private final int rows;
  private final int width;
  private final int titleCells;
  private final boolean colors;
  private final FirstPass firstPass;

  /**
   * A formatter.
   *
   * @param rows number of documents per page
   * @param width total width in columns
   * @param firstPass first pass of the left page
   */
  SideBySide(int rows, int width, boolean colors, FirstPass firstPass) {
    this.firstPass = firstPass;
    this.rows = rows;
    this.width = width;
    this.titleCells = (width - ALL_BUT_TITLES) / 2;
    this.colors = colors;
  }

  /**
   * Formats both pages.
   *
   * @param firstPass can be longer than the page, to find the previous ranks of new films
   */
  String render(ResultPage firstPass, ResultPage reranked) {
    if (reranked.hits().isEmpty() && firstPass.hits().isEmpty()) {
      return "No documents found.\n";
    }
    Map<String, Integer> ranks = new HashMap<>();
    for (ResultPage.Hit hit : firstPass.hits()) {
      ranks.put(hit.id(), ranks.size() + 1);
    }
    List<ResultPage.Hit> left = page(firstPass);
    List<ResultPage.Hit> right = page(reranked);
    StringBuilder text = new StringBuilder();
    text.append(
            bold(header("first pass", this.firstPass.title()) + GAP + header("reranked", "score")))
        .append("  move\n");
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      text.append(cell(left, i)).append(GAP).append(cell(right, i));
      if (i < right.size()) {
        text.append("  ").append(move(ranks.get(right.get(i).id()), i + 1));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Number of documents and times, then the section of the plugin with its keys. */
  String summary(ResultPage firstPass, ResultPage reranked) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d %s · first pass %,d ms · reranked %,d ms\n",
                firstPass.found(),
                firstPass.found() == 1 ? "hit" : "hits",
                firstPass.queryMillis(),
                reranked.queryMillis()));
    String line = "";
    for (Map.Entry<String, Object> entry : reranked.crossEncoder().entrySet()) {
      String item = entry(entry.getKey(), entry.getValue());
      if (!line.isEmpty() && TerminalText.width(line + SEPARATOR + item) > width) {
        text.append(line).append('\n');
        line = "";
      }
      line += line.isEmpty() ? item : SEPARATOR + item;
    }
    return line.isEmpty() ? text.toString() : text.append(line).append('\n').toString();
  }

  private List<ResultPage.Hit> page(ResultPage page) {
    return page.hits().subList(0, Math.min(rows, page.hits().size()));
  }

  private String header(String page, String score) {
    return " ".repeat(RANK + 1)
        + TerminalText.fit(page, titleCells)
        + String.format(Locale.ROOT, " %" + SCORE + "s", score);
  }

  private String cell(List<ResultPage.Hit> page, int index) {
    if (index >= page.size()) {
      return " ".repeat(RANK + 1 + titleCells + 1 + SCORE);
    }
    ResultPage.Hit hit = page.get(index);
    String score = hit.score() <= MIN_SCORE ? "-" : score(hit.score());
    return String.format(
        Locale.ROOT, "%" + RANK + "d %s %" + SCORE + "s", index + 1, hit.label(titleCells), score);
  }

  /** Fused scores are small: at most 1/61 per list. */
  private static String score(float score) {
    return String.format(Locale.ROOT, Math.abs(score) < 0.1f ? "%.4f" : "%.2f", score);
  }

  /** The previous rank of a film; null if it is below the requested ranks. */
  private String move(Integer was, int now) {
    if (was == null) {
      return color("new", Style.fg_green);
    }
    if (was > rows) {
      return color("new (" + was + ")", Style.fg_green);
    }
    if (was == now) {
      return "=";
    }
    return was > now
        ? color("▲" + (was - now), Style.fg_green)
        : color("▼" + (now - was), Style.fg_red);
  }

  private static String entry(String name, Object value) {
    if (name.endsWith("Ms") && value instanceof Number millis) {
      return String.format(
          Locale.ROOT, "%s %,.0f ms", name.substring(0, name.length() - 2), millis.doubleValue());
    }
    if (value instanceof Integer || value instanceof Long) {
      return String.format(Locale.ROOT, "%s %,d", name, ((Number) value).longValue());
    }
    if (value instanceof Float score) {
      return name + " " + score(score);
    }
    return TerminalText.clean(name + " " + value);
  }

  private String bold(String text) {
    return color(text, Style.bold);
  }

  private String color(String text, Style style) {
    // Not Style.off, because some terminals display "bold off" as a double underline.
    return colors ? style.on() + text + Style.reset.on() : text;
  }
}
