// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.PassageScorer;

/**
 * How much of a field's text is kept while it is read. It depends on what the model reads, never on
 * what a document holds.
 *
 * @param characters of a text that is read at once, at least 1
 * @param pieces how many texts of a field may be read, windows or values; at least 1
 */
record PassageLimit(int characters, int pieces) {

  /**
   * Words have four to six characters a token in most languages. What has more, such as long
   * addresses, is read up to here.
   */
  private static final int CHARACTERS_PER_TOKEN = 32;

  private static final int MAX = Integer.MAX_VALUE / 4;

  /**
   * Enough for what a scorer reads: its model's tokens, once or for each window or value.
   *
   * @param scorer the one that the passages are for
   * @return {@code 32 · maxLength} characters for each of {@code maxWindows}
   */
  static PassageLimit of(PassageScorer scorer) {
    long characters = (long) CHARACTERS_PER_TOKEN * scorer.encoder().spec().maxLength();
    return new PassageLimit((int) Math.min(characters, MAX), scorer.maxWindows().orElse(1));
  }

  /** {@return of a field, at most} */
  int ofField() {
    return (int) Math.min((long) characters * pieces, MAX);
  }
}
