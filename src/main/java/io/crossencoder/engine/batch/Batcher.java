// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts pairs into batches without padding to speak of.
 *
 * <p>On a CPU a run of a transformer costs what its rectangle measures, so pairs of like length
 * belong together; and it slows down for each token once its activations leave the L2 cache, so a
 * rectangle stays small.
 */
final class Batcher {

  private Batcher() {}

  /**
   * Batches of pairs of like length, the longest first so that workers finish together.
   *
   * @param budget cells a batch may have, padding included; a pair longer than that is alone
   */
  static List<Batch> batches(List<Pair> pairs, int budget) {
    List<Pair> byLength = new ArrayList<>(pairs);
    byLength.sort(
        Comparator.comparingInt((Pair pair) -> -pair.encoding().length())
            .thenComparing(Pair::index));
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < byLength.size(); ) {
      int widest = byLength.get(from).encoding().length();
      int size = Math.max(1, Math.min(budget / widest, byLength.size() - from));
      batches.add(new Batch(List.copyOf(byLength.subList(from, from + size))));
      from += size;
    }
    return batches;
  }
}
