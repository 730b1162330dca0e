// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Optional;

/**
 * Text around the query and the passage of a pair. If a pair is too long, query and passage are
 * truncated, but never the template.
 *
 * <p>If {@code between} is present, the tokenizer receives one text: {@code prefix + query +
 * between + passage + suffix}. Otherwise it receives the two texts {@code prefix + query} and
 * {@code passage + suffix} and puts its separator tokens between them.
 *
 * @param prefix text before the query; can be empty
 * @param between text between query and passage; none: the tokenizer receives two texts
 * @param suffix text after the passage; can be empty
 */
public record PairTemplate(String prefix, Optional<String> between, String suffix) {

  /** No text around query and passage. */
  public static final PairTemplate NONE = new PairTemplate("", Optional.empty(), "");

  /**
   * A prompt, as in sentence-transformers.
   *
   * @param text text before each query; truncated with the query
   * @return the template
   */
  public static PairTemplate prompt(String text) {
    return new PairTemplate(text, Optional.empty(), "");
  }

  /** {@return whether the template is at most a text before the query} */
  public boolean isPrompt() {
    return between.isEmpty() && suffix.isEmpty();
  }
}
