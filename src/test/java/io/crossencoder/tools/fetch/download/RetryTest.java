// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import static org.junit.Assert.assertEquals;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class RetryTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private static Optional<Duration> after(String value) {
    return Retry.after(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (a, b) -> true), NOW);
  }

  @Test
  public void retryAfterIsSecondsOrADate() {
    assertEquals(Optional.of(Duration.ofSeconds(30)), after("30"));
    assertEquals(Optional.of(Duration.ofSeconds(90)), after("Mon, 23 Nov 2026 10:01:30 GMT"));
    assertEquals(Optional.of(Duration.ZERO), after("Mon, 23 Nov 2026 09:00:00 GMT"));
  }

  @Test
  public void aRetryAfterThatNobodyUnderstandsIsNone() {
    assertEquals(Optional.empty(), after("soon"));
    assertEquals(Optional.empty(), after("-1"));
    assertEquals(Optional.empty(), after("99999999999999999999"));
  }
}
