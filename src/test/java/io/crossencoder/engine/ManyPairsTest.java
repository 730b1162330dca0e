// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Scores.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Test;

/**
 * Memory use for many different pairs: {@code -Dmany.pairs=1000000}. The score cache is full after
 * a tenth of them.
 */
public class ManyPairsTest {

  private static final int PAIRS_A_CALL = 500;

  @Test
  public void memoryStaysAsItIsOnceTheCacheIsFull() throws Exception {
    int pairs = Integer.getInteger("many.pairs", 0);
    assumeTrue("-Dmany.pairs=N", pairs > 0);
    long cacheBytes = pairs / 10 * 144L;
    long empty = heap();
    try (ModelRegistry registry = new ModelRegistry(new Settings(2, 100_000, cacheBytes));
        CrossEncoder encoder = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS)) {
      long[] heap = new long[11];
      long[] resident = new long[11];
      for (int tenth = 1; tenth <= 10; tenth++) {
        for (int from = 0; from < pairs / 10; from += PAIRS_A_CALL) {
          int call = tenth * pairs / 10 + from;
          List<String> passages =
              IntStream.range(0, PAIRS_A_CALL).mapToObj(i -> "war " + (call + i)).toList();
          assertEquals(Outcome.COMPLETE, encoder.score("q", passages, Deadline.NONE).outcome());
        }
        heap[tenth] = heap();
        resident[tenth] = resident();
        System.out.printf(
            java.util.Locale.ROOT,
            "%,d pairs: heap %,d KiB, process %,d KiB%n",
            tenth * pairs / 10,
            (heap[tenth] - empty) / 1024,
            resident[tenth] / 1024);
      }
      assertTrue("heap", heap[10] <= heap[2] + heap[2] / 20);
      assertTrue("process", resident[10] <= resident[2] + resident[2] / 20);
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Memory of the process on Linux; 0 on other systems. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
