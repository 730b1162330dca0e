// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import org.jline.utils.WCWidth;

/** Text from an index, made fit for the cells of a terminal. */
public final class TerminalText {
  private static final String ELLIPSIS = "…";

  private TerminalText() {}

  /**
   * One line without control and formatting characters: a title must neither move the cursor nor
   * turn the direction of what follows it.
   *
   * @param text of any length
   * @return the same characters without these, with spaces for line ends and tabs
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /**
   * Measures: two cells for a wide character, none for a combining one.
   *
   * @param text a {@linkplain #clean clean} one
   * @return how many cells it takes
   */
  public static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  /** The text in exactly so many cells: filled with spaces, or cut with an ellipsis. */
  public static String fit(String text, int cells) {
    String shown = shorten(text, cells);
    return shown + " ".repeat(cells - width(shown));
  }

  /** The text in at most so many cells, cut with an ellipsis if it is longer. */
  public static String shorten(String text, int cells) {
    return width(text) <= cells ? text : cut(text, cells - 1) + ELLIPSIS;
  }

  private static String cut(String text, int cells) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += Math.max(0, WCWidth.wcwidth(c));
      if (used > cells) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end).stripTrailing();
  }
}
