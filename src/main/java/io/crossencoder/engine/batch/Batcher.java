// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Groups pairs into batches with little padding.
 *
 * <p>On a CPU the cost of a run is proportional to its padded tokens, so pairs of similar length
 * are batched together. Batches are small, because a run is slower per token when its activations
 * exceed the L2 cache.
 */
final class Batcher {

  private Batcher() {}

  /**
   * Batches of pairs of similar length, the longest first so that the workers finish at the same
   * time.
   *
   * @param budget maximum padded tokens per batch; a longer pair forms a batch of its own
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
