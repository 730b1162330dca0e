// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.Passage;
import java.util.List;
import java.util.Locale;

/**
 * Everything that rescoring needs from the index. It can be read on one machine and rescored on
 * another.
 *
 * @param passages one per candidate; null if the deadline expired before it was read
 * @param fields one row per candidate, in the same order: the values of {@link ScoreBlend#fields};
 *     rows can be empty
 */
public record RescoreInput(List<Passage> passages, double[][] fields) {

  /** Checks that there is one passage and one row per candidate. */
  void checkSize(int candidates) {
    if (passages.size() != candidates || fields.length != candidates) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d candidates, but %d passages and %d rows of fields",
              candidates,
              passages.size(),
              fields.length));
    }
  }
}
