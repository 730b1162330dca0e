// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Optional;

/**
 * The text of one candidate. It has two parts: a title, and a text that can be too long for the
 * model. Or it has several texts; each is scored by itself, and the best score counts.
 *
 * @param title put before every window of the text; can be empty
 * @param text split into windows if it is too long; can be empty
 * @param values texts that are scored one by one, and whether there were more; title and text are
 *     then empty
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
