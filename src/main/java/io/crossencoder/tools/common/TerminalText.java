// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import org.jline.utils.WCWidth;

/** Formats text from an index for the columns of a terminal. */
public final class TerminalText {
  private static final String ELLIPSIS = "…";

  private TerminalText() {}

  /**
   * Removes control and formatting characters, so that a title cannot move the cursor or change the
   * direction of the text after it.
   *
   * @param text of any length
   * @return one line; line ends and tabs are replaced with spaces
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
   * The width: two columns for a wide character, none for a combining one.
   *
   * @param text a {@linkplain #clean clean} text
   * @return number of columns
   */
  public static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  /**
   * The text in exactly this number of columns: padded with spaces, or truncated with an ellipsis.
   */
  public static String fit(String text, int cells) {
    String shown = shorten(text, cells);
    return shown + " ".repeat(cells - width(shown));
  }

  /** The text in at most this number of columns, truncated with an ellipsis. */
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
