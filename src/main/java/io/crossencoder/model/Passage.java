// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Optional;

/**
 * The text of one candidate, in two parts: one that says what it is about, and one that may be too
 * long to be read at once. Or several texts of which each is read by itself, and the best counts.
 *
 * @param title stands before every window of the text; may be empty
 * @param text what is cut into windows; may be empty
 * @param values the texts that are read one by one, and whether there were more; title and text are
 *     empty then
 */
public record Passage(String title, String text, Optional<Windows> values) {

  /** A blank line: what stands between the two, and between the fields that either is made of. */
  public static final String BETWEEN = "\n\n";

  /**
   * A passage in two parts.
   *
   * @param title may be empty
   * @param text may be empty
   */
  public Passage(String title, String text) {
    this(title, text, Optional.empty());
  }

  /**
   * A passage of several texts.
   *
   * @param values each is read by itself; of one that is too long its beginning
   * @return the passage
   */
  public static Passage ofValues(Windows values) {
    return new Passage("", "", Optional.of(values));
  }

  /** {@return both parts, with a blank line between them if neither is empty} */
  public String whole() {
    return prefix() + text;
  }

  /** {@return whether there is nothing to read: the document has no text in the fields} */
  public boolean isEmpty() {
    return title.isEmpty()
        && text.isEmpty()
        && values.map(each -> each.texts().isEmpty()).orElse(true);
  }

  /** {@return the title and the blank line, or nothing} */
  public String prefix() {
    return title.isEmpty() || text.isEmpty() ? title : title + BETWEEN;
  }
}
