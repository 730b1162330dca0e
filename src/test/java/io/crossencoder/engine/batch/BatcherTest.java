// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.tokens.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.Test;

public class BatcherTest {

  private final Random random = new Random(42);

  private static List<Pair> ofLengths(int... lengths) {
    return IntStream.range(0, lengths.length)
        .mapToObj(i -> new Pair(i, new Encoding(new long[lengths[i]], new long[lengths[i]], false)))
        .toList();
  }

  private static List<List<Integer>> members(List<Batch> batches) {
    return batches.stream().map(batch -> batch.pairs().stream().map(Pair::index).toList()).toList();
  }

  @Test
  public void pairsOfLikeLengthGoTogetherTheLongestFirst() {
    List<Pair> pairs = ofLengths(10, 100, 12, 90);
    assertEquals(List.of(List.of(1, 3), List.of(2, 0)), members(Batcher.batches(pairs, 200)));
  }

  @Test
  public void aPairOverTheBudgetIsAlone() {
    List<Pair> pairs = ofLengths(500, 500, 20);
    assertEquals(List.of(List.of(0), List.of(1), List.of(2)), members(Batcher.batches(pairs, 400)));
  }

  @Test
  public void nothingMakesNoBatch() {
    assertEquals(List.of(), Batcher.batches(List.of(), 400));
  }

  @Test
  public void everyPairIsInOneBatchAndNoBatchIsOverTheBudget() {
    for (int round = 0; round < 200; round++) {
      int[] lengths = random.ints(random.nextInt(120), 3, 513).toArray();
      int budget = 1 + random.nextInt(1000);
      List<Integer> seen = new ArrayList<>();
      for (Batch batch : Batcher.batches(ofLengths(lengths), budget)) {
        assertTrue(batch.size() == 1 || batch.cells() <= budget);
        for (Pair pair : batch.pairs()) {
          seen.add(pair.index());
          assertEquals(lengths[pair.index()], pair.encoding().length());
        }
      }
      seen.sort(null);
      assertEquals(IntStream.range(0, lengths.length).boxed().toList(), seen);
    }
  }

  @Test
  public void aBatchCanBeCutInTwo() {
    Batch batch = new Batch(ofLengths(5, 4, 3));
    assertEquals(
        List.of(List.of(0, 1), List.of(2)), members(List.of(batch.head(2), batch.tail(2))));
    assertEquals(3, batch.tail(2).width());
    assertEquals(12, batch.tokens());
  }
}
