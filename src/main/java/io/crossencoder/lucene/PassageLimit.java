// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.PassageScorer;

/**
 * How much of a field's text is kept while it is read. It depends on what the model reads, never on
 * what a document holds.
 *
 * @param characters of the text of one field, at least 1
 */
record PassageLimit(int characters) {

  /**
   * Words have four to six characters a token in most languages. What has more, such as long
   * addresses, is read up to here.
   */
  private static final int CHARACTERS_PER_TOKEN = 32;

  /**
   * Enough for what a scorer reads: its model's tokens, once or for each window.
   *
   * @param scorer the one that the passages are for
   * @return {@code 32 · maxLength · maxWindows} characters
   */
  static PassageLimit of(PassageScorer scorer) {
    long tokens = (long) scorer.encoder().spec().maxLength() * scorer.maxWindows().orElse(1);
    return new PassageLimit((int) Math.min(CHARACTERS_PER_TOKEN * tokens, Integer.MAX_VALUE / 4));
  }
}
