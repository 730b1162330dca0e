// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class ThroughputTest {

  private static final int WIDTH = 10;

  @Test
  public void whatCannotBeDoneInTimeIsNotBegun() {
    Throughput throughput = new Throughput();
    assertEquals(Integer.MAX_VALUE, throughput.pairsWithin(1, WIDTH));
    assertEquals(0, throughput.pairsWithin(0, WIDTH));
    throughput.ran(100, WIDTH, 1_000);
    // 100 ns per pair, doubled as a safety margin.
    assertEquals(2, throughput.pairsWithin(500, WIDTH));
    assertEquals(0, throughput.pairsWithin(199, WIDTH));
  }

  @Test
  public void aLongPairCostsMoreThanItsTokens() {
    Throughput throughput = new Throughput();
    // Measured for MiniLM-L6: 6.4 ms for 64 tokens, 60 ms for 512.
    throughput.ran(64, 64, 6_400_000);
    assertEquals("by tokens alone it would be 51 ms", 0, throughput.pairsWithin(119_000_000, 512));
    assertEquals(1, throughput.pairsWithin(125_000_000, 512));
  }

  @Test
  public void whatLongPairsTookSaysWhatShortOnesWillTake() {
    Throughput throughput = new Throughput();
    throughput.ran(512, 512, 60_000_000);
    assertEquals(1, throughput.pairsWithin(13_000_000, 64));
  }

  @Test
  public void theNewestRunsCountMost() {
    Throughput throughput = new Throughput();
    throughput.ran(1, WIDTH, 1_000);
    for (int i = 0; i < 100; i++) {
      throughput.ran(1, WIDTH, 100);
    }
    assertEquals(4, throughput.pairsWithin(9_500, WIDTH));
  }

  @Test
  public void oneRunOfAStalledMachineDoesNotStopTheNext() {
    Throughput throughput = new Throughput();
    for (int i = 0; i < 10; i++) {
      throughput.ran(1, WIDTH, 100);
    }
    throughput.ran(1, WIDTH, 10_000_000);
    assertEquals(3, throughput.pairsWithin(9_500, WIDTH));
  }

  @Test
  public void anEstimateThatRefusesAllComesDown() {
    Throughput throughput = new Throughput();
    throughput.ran(1, WIDTH, 100_000);
    int refused = 0;
    while (throughput.pairsWithin(50_000, WIDTH) == 0) {
      refused++;
    }
    assertEquals("ln(1/40) / ln(0.98)", 183, refused, 1);
  }
}
