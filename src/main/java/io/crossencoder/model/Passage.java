// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Optional;

/**
 * The text of one candidate. It has either a title and a text that can be too long for the model,
 * or several texts. Several texts are scored one by one, and the highest score counts.
 *
 * @param title repeated in every window of the text; can be empty
 * @param text split into windows if it is too long; can be empty
 * @param values texts that are scored one by one, and whether there were more; title and text are
 *     then empty
 */
public record Passage(String title, String text, Optional<Windows> values) {

  /** A blank line: separates title and text, and the fields within them. */
  public static final String BETWEEN = "\n\n";

  /**
   * A passage with title and text.
   *
   * @param title can be empty
   * @param text can be empty
   */
  public Passage(String title, String text) {
    this(title, text, Optional.empty());
  }

  /**
   * A passage of several texts.
   *
   * @param values texts that are scored one by one, each truncated if it is too long
   * @return the passage
   */
  public static Passage ofValues(Windows values) {
    return new Passage("", "", Optional.of(values));
  }

  /** {@return title and text, separated by a blank line if neither is empty} */
  public String whole() {
    return prefix() + text;
  }

  /** {@return whether there is no text: the document has no text in the fields} */
  public boolean isEmpty() {
    return title.isEmpty()
        && text.isEmpty()
        && values.map(each -> each.texts().isEmpty()).orElse(true);
  }

  /** {@return the title and the blank line; empty if there is no title} */
  public String prefix() {
    return title.isEmpty() || text.isEmpty() ? title : title + BETWEEN;
  }
}
