// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import java.util.List;

/** Pairs of one request that are run together. */
record Batch(List<Pair> pairs) {

  int size() {
    return pairs.size();
  }

  List<Encoding> encodings() {
    return pairs.stream().map(Pair::encoding).toList();
  }

  /** Length of the longest pair; the others are padded to it. */
  int width() {
    int width = 0;
    for (Pair pair : pairs) {
      width = Math.max(width, pair.encoding().length());
    }
    return width;
  }

  /** Padded tokens of the batch: the cost of the run. */
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

  /** A batch of the first pairs. */
  Batch head(int count) {
    return new Batch(pairs.subList(0, count));
  }

  /** A batch of the remaining pairs. */
  Batch tail(int from) {
    return new Batch(pairs.subList(from, size()));
  }
}
