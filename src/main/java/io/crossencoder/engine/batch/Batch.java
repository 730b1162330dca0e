// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs that go through the model in one run.
 *
 * @param pairs which pairs of the request, by index
 * @param encodings theirs, in the same order
 */
public record Batch(int[] pairs, List<Encoding> encodings) {

  public int size() {
    return pairs.length;
  }

  /** Width of the rectangle: the longest pair. */
  public int width() {
    int width = 0;
    for (Encoding encoding : encodings) {
      width = Math.max(width, encoding.length());
    }
    return width;
  }

  /** Cells of the rectangle, padding included: what the run costs. */
  int cells() {
    return width() * size();
  }

  int tokens() {
    int tokens = 0;
    for (Encoding encoding : encodings) {
      tokens += encoding.length();
    }
    return tokens;
  }

  /** The first pairs of this batch as one of their own. */
  Batch head(int count) {
    return new Batch(Arrays.copyOf(pairs, count), encodings.subList(0, count));
  }

  /** The pairs behind these as one of their own. */
  Batch tail(int from) {
    return new Batch(
        Arrays.copyOfRange(pairs, from, size()), encodings.subList(from, encodings.size()));
  }
}
