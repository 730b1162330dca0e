// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.metrics;

import static org.junit.Assert.assertEquals;

import io.crossencoder.metrics.Durations.Summary;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.Test;

public class DurationsTest {

  private final Durations durations = new Durations();

  private void recordMillis(long millis) {
    durations.record(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  public void thereAreNoneAtFirst() {
    Summary none = durations.get();
    assertEquals(0, none.count());
    assertEquals(0, none.sum(), 0);
    assertEquals(0, none.percentile(99), 0);
    assertEquals(0, none.max(), 0);
  }

  @Test
  public void percentilesAreRightToOnePercent() {
    IntStream.rangeClosed(1, 1000).forEach(this::recordMillis);
    Summary summary = durations.get();
    assertEquals(1000, summary.count());
    assertEquals(0.5, summary.percentile(50), 0.005);
    assertEquals(0.99, summary.percentile(99), 0.0099);
    assertEquals(1.0, summary.max(), 0.01);
    assertEquals(500.5, summary.sum(), 5);
  }

  @Test
  public void aBoundCountsWhatIsAtItAndBelow() {
    List.of(1, 5, 10, 11, 700).forEach(this::recordMillis);
    Summary summary = durations.get();
    assertEquals(1, summary.countWithin(0.001));
    assertEquals(3, summary.countWithin(0.01));
    assertEquals(5, summary.countWithin(1));
  }

  @Test
  public void whatIsOutOfRangeCountsAsItsEnd() {
    durations.record(-1);
    durations.record(TimeUnit.DAYS.toNanos(3));
    Summary summary = durations.get();
    assertEquals(2, summary.count());
    assertEquals(1, summary.countWithin(0.001));
    assertEquals(3600, summary.max(), 36);
  }

  @Test
  public void manyThreadsLoseNone() {
    IntStream.range(0, 100_000).parallel().forEach(i -> durations.record(i * 1_000L));
    assertEquals(100_000, durations.get().count());
  }

  @Test
  public void aSummaryDoesNotChange() {
    recordMillis(3);
    Summary summary = durations.get();
    recordMillis(3);
    assertEquals(1, summary.count());
  }
}
