// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
   * @param pairs the pairs to score, by index
   * @param encodings the encodings of all pairs, by the same index
   * @param budget cells a batch may have, padding included; a pair longer than that is alone
   */
  static List<Batch> batches(int[] pairs, List<Encoding> encodings, int budget) {
    int[] byLength =
        IntStream.of(pairs)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer pair) -> -encodings.get(pair).length())
                    .thenComparing(Comparator.naturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < byLength.length; ) {
      int widest = encodings.get(byLength[from]).length();
      int size = Math.max(1, Math.min(budget / widest, byLength.length - from));
      int[] members = IntStream.range(from, from + size).map(i -> byLength[i]).toArray();
      batches.add(new Batch(members, IntStream.of(members).mapToObj(encodings::get).toList()));
      from += size;
    }
    return batches;
  }
}
