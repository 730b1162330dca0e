// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes HTML and SVG. Text and attribute values are escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes name, value, name, value; numbers are printed with two decimals
   */
  Html open(String element, Object... attributes) {
    start(element, attributes).append('>');
    open.push(element);
    return this;
  }

  /** Closes the current element. */
  Html close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An empty element of SVG. */
  Html empty(String element, Object... attributes) {
    start(element, attributes).append("/>");
    return this;
  }

  Html text(String text) {
    out.append(escape(text));
    return this;
  }

  /** An element that contains only text. */
  Html leaf(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close();
  }

  private StringBuilder start(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      out.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(
              escape(
                  value instanceof Double number
                      ? String.format(Locale.ROOT, "%.2f", number)
                      : String.valueOf(value)))
          .append('"');
    }
    return out;
  }

  /**
   * Escapes element content and quoted attributes; characters that are invalid in XML become
   * question marks.
   */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                  boolean control = Character.isISOControl(c) && !Character.isWhitespace(c);
                  boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                  safe.appendCodePoint(control || half ? '?' : c);
                }
              }
            });
    return safe.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
