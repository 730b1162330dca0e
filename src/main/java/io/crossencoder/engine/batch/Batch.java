// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import java.util.List;

/** Pairs of one request that go through the model in one run. */
record Batch(List<Pair> pairs) {

  int size() {
    return pairs.size();
  }

  List<Encoding> encodings() {
    return pairs.stream().map(Pair::encoding).toList();
  }

  /** Width of the rectangle: the longest pair. */
  int width() {
    int width = 0;
    for (Pair pair : pairs) {
      width = Math.max(width, pair.encoding().length());
    }
    return width;
  }

  /** Cells of the rectangle, padding included: what the run costs. */
  int cells() {
    return width() * size();
  }

  int tokens() {
    int tokens = 0;
    for (Pair pair : pairs) {
      tokens += pair.encoding().length();
    }
    return tokens;
  }

  /** The first pairs of this batch as one of their own. */
  Batch head(int count) {
    return new Batch(pairs.subList(0, count));
  }

  /** The pairs behind these as one of their own. */
  Batch tail(int from) {
    return new Batch(pairs.subList(from, size()));
  }
}
