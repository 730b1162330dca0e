// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.tokens.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.Test;

public class BatcherTest {

  private final Random random = new Random(42);

  private static List<Encoding> ofLengths(int... lengths) {
    return Arrays.stream(lengths)
        .mapToObj(n -> new Encoding(new long[n], new long[n], false))
        .toList();
  }

  private static List<List<Integer>> members(List<Batch> batches) {
    return batches.stream().map(batch -> Arrays.stream(batch.pairs()).boxed().toList()).toList();
  }

  private static int[] all(List<Encoding> encodings) {
    return IntStream.range(0, encodings.size()).toArray();
  }

  @Test
  public void pairsOfLikeLengthGoTogetherTheLongestFirst() {
    List<Encoding> encodings = ofLengths(10, 100, 12, 90);
    assertEquals(
        List.of(List.of(1, 3), List.of(2, 0)),
        members(Batcher.batches(all(encodings), encodings, 200)));
  }

  @Test
  public void aPairOverTheBudgetIsAlone() {
    List<Encoding> encodings = ofLengths(500, 500, 20);
    assertEquals(
        List.of(List.of(0), List.of(1), List.of(2)),
        members(Batcher.batches(all(encodings), encodings, 400)));
  }

  @Test
  public void nothingMakesNoBatch() {
    assertEquals(List.of(), Batcher.batches(new int[0], List.of(), 400));
  }

  @Test
  public void everyPairIsInOneBatchAndNoBatchIsOverTheBudget() {
    for (int round = 0; round < 200; round++) {
      int[] lengths = random.ints(random.nextInt(120), 3, 513).toArray();
      int budget = 1 + random.nextInt(1000);
      List<Encoding> encodings = ofLengths(lengths);
      List<Integer> seen = new ArrayList<>();
      for (Batch batch : Batcher.batches(all(encodings), encodings, budget)) {
        assertTrue(batch.size() == 1 || batch.cells() <= budget);
        for (int i = 0; i < batch.size(); i++) {
          seen.add(batch.pairs()[i]);
          assertEquals(lengths[batch.pairs()[i]], batch.encodings().get(i).length());
        }
      }
      seen.sort(null);
      assertEquals(IntStream.range(0, lengths.length).boxed().toList(), seen);
    }
  }

  @Test
  public void aBatchCanBeCutInTwo() {
    Batch batch = new Batch(new int[] {7, 8, 9}, ofLengths(5, 4, 3));
    assertEquals(
        List.of(List.of(7, 8), List.of(9)), members(List.of(batch.head(2), batch.tail(2))));
    assertEquals(3, batch.tail(2).width());
    assertEquals(12, batch.tokens());
  }
}
