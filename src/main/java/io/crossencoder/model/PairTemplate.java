// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Optional;

/**
 * What a model wants to read around the query and the passage. Of a pair that is too long query and
 * passage are cut, and the template never.
 *
 * <p>With a text between them the two are one text for the tokenizer: {@code prefix + query +
 * between + passage + suffix}. Without, they are a pair, {@code prefix + query} and {@code passage
 * + suffix}, and the tokenizer puts its own tokens between them.
 *
 * @param prefix before the query; may be empty
 * @param between between the two; none: they are a pair
 * @param suffix behind the passage; may be empty
 */
public record PairTemplate(String prefix, Optional<String> between, String suffix) {

  /** Nothing around them: a pair as it is. */
  public static final PairTemplate NONE = new PairTemplate("", Optional.empty(), "");

  /**
   * What sentence-transformers calls a prompt.
   *
   * @param text stands before each query, and counts as a part of it
   * @return the template
   */
  public static PairTemplate prompt(String text) {
    return new PairTemplate(text, Optional.empty(), "");
  }

  /** {@return whether it is a pair with a text before the query, or with nothing at all} */
  public boolean isPrompt() {
    return between.isEmpty() && suffix.isEmpty();
  }
}
