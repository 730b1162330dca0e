// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

/**
 * The tokens of a passage that fit into the model.
 *
 * @param starts start of each token, in chars of the passage
 * @param ends end of each token
 * @param truncated whether the passage has more tokens
 */
record TokenSpans(int[] starts, int[] ends, boolean truncated) {

  int count() {
    return starts.length;
  }

  /** End of the first {@code tokens} tokens. */
  int endOf(int tokens) {
    return tokens == 0 ? 0 : ends[tokens - 1];
  }

  /**
   * Where to truncate the passage to its first {@code tokens} tokens: before a character that also
   * belongs to the next token.
   */
  int startOfTail(int tokens) {
    return Math.min(starts[tokens], endOf(tokens));
  }

  /** Number of tokens that start before this position. */
  int countBefore(int place) {
    int count = 0;
    while (count < starts.length && starts[count] < place) {
      count++;
    }
    return count;
  }
}
