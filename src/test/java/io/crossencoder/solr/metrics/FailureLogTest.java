// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.solr.metrics.FailureLog.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.solr.SolrTestCase;
import org.apache.solr.util.LogListener;
import org.junit.Test;

public class FailureLogTest extends SolrTestCase {

  private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
  private final Hand hand = new Hand();
  private final FailureLog failures = new FailureLog(hand);

  /** A clock that the test moves. */
  private final class Hand extends Clock {
    private Instant now = start;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private static RuntimeException out(String of) {
    return new IllegalStateException("out of " + of);
  }

  @Test
  public void aKindOfFailureIsLoggedOnceAMinute() {
    try (LogListener log = LogListener.error(FailureLog.class)) {
      failures.report("model a failed", out("luck"));
      for (int i = 0; i < 5; i++) {
        failures.report("model a failed", out("memory"));
      }
      assertEquals("model a failed", log.pollMessage());
      assertNull(log.pollMessage());
      hand.now = start.plus(Duration.ofSeconds(61));
      failures.report("model a failed", out("memory"));
      assertEquals("model a failed (and 5 more since it was last logged)", log.pollMessage());
    }
  }

  @Test
  public void anotherKindIsLoggedAtOnce() {
    try (LogListener log = LogListener.error(FailureLog.class)) {
      failures.report("model a failed", out("luck"));
      failures.report("model b failed", out("luck"));
      failures.report("model a failed", new NullPointerException());
      assertEquals(3, log.getCount());
      log.clearQueue();
    }
  }

  @Test
  public void itIsRememberedOnceWithItsCount() {
    failures.remember("model a failed", out("luck"));
    hand.now = start.plusSeconds(9);
    failures.remember("model a failed", out("memory"));
    Failure expected =
        new Failure("model a failed", "IllegalStateException: out of memory", 2, start, hand.now);
    assertEquals(List.of(expected), failures.failures());
  }

  @Test
  public void theOldestKindsAreForgotten() {
    for (int i = 0; i < 30; i++) {
      failures.remember("model " + i + " failed", out("luck"));
      failures.remember("it goes on", out("luck"));
    }
    List<Failure> left = failures.failures();
    assertEquals(20, left.size());
    assertEquals("model 11 failed", left.get(0).what());
    assertEquals(30, left.get(left.size() - 1).count());
  }

  @Test
  public void aLongMessageIsShortened() {
    failures.remember("model a failed", out("luck ".repeat(200_000)));
    assertEquals(303, failures.failures().get(0).error().length());
  }
}
