// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.PassageScorer;

/**
 * The maximum amount of text that is kept of a field. It depends on the model only, never on the
 * document.
 *
 * @param characters maximum characters per text that is scored at once, 1 or greater
 * @param pieces maximum number of texts per field, windows or values; 1 or greater
 */
record PassageLimit(int characters, int pieces) {

  /**
   * In most languages a token has four to six characters. Longer tokens, such as long addresses,
   * are kept up to this limit.
   */
  private static final int CHARACTERS_PER_TOKEN = 32;

  private static final int MAX = Integer.MAX_VALUE / 4;

  /**
   * The limit that fits a scorer.
   *
   * @param scorer scorer of the passages
   * @return {@code 32 · maxLength} characters for each of {@code maxWindows}
   */
  static PassageLimit of(PassageScorer scorer) {
    long characters = (long) CHARACTERS_PER_TOKEN * scorer.encoder().spec().maxLength();
    return new PassageLimit((int) Math.min(characters, MAX), scorer.maxWindows().orElse(1));
  }

  /** {@return maximum characters per field} */
  int ofField() {
    return (int) Math.min((long) characters * pieces, MAX);
  }
}
