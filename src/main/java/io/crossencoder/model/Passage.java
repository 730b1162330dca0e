// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

/**
 * The text of one candidate, in two parts: one that says what it is about, and one that may be too
 * long to be read at once.
 *
 * @param title stands before every window of the text; may be empty
 * @param text what is cut into windows; may be empty
 */
public record Passage(String title, String text) {

  /** A blank line: what stands between the two, and between the fields that either is made of. */
  public static final String BETWEEN = "\n\n";

  /** {@return both parts, with a blank line between them if neither is empty} */
  public String whole() {
    return prefix() + text;
  }

  /** {@return the title and the blank line, or nothing} */
  public String prefix() {
    return title.isEmpty() || text.isEmpty() ? title : title + BETWEEN;
  }
}
