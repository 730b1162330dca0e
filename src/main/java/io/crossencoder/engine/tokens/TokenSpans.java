// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

/**
 * Where in a passage the tokens are that the model reads of it.
 *
 * @param starts by token: where it begins, in chars of the passage
 * @param ends where it ends
 * @param truncated whether there are more, that are not read
 */
record TokenSpans(int[] starts, int[] ends, boolean truncated) {

  int count() {
    return starts.length;
  }

  /** Where the first so many tokens end. */
  int endOf(int tokens) {
    return tokens == 0 ? 0 : ends[tokens - 1];
  }

  /**
   * Where to cut the passage so that it has no more than so many tokens, of more: before a
   * character that the tokens on both sides are parts of.
   */
  int startOfTail(int tokens) {
    return Math.min(starts[tokens], endOf(tokens));
  }

  /** How many tokens lie before this place. */
  int countBefore(int place) {
    int count = 0;
    while (count < starts.length && starts[count] < place) {
      count++;
    }
    return count;
  }
}
