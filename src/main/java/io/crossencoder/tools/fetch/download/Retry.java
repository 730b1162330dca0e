// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/** A temporary failure. */
final class Retry extends IOException {
  private static final long serialVersionUID = 1L;

  /** Maximum number of attempts without progress. */
  static final int ATTEMPTS = 5;

  /** Maximum pause that a server can request. */
  static final Duration MAX_PATIENCE = Duration.ofMinutes(2);

  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final transient Optional<Duration> wanted;

  Retry(String message, Optional<Duration> wanted) {
    super(message);
    this.wanted = wanted;
  }

  static boolean isPassing(int status) {
    return PASSING.contains(status);
  }

  /** The pause that the server requests, if any. */
  Optional<Duration> wanted() {
    return wanted;
  }

  /** 1, 2, 4, 8 seconds. */
  static Duration pause(int failures) {
    return Duration.ofSeconds(1L << (failures - 1));
  }

  /** Parses Retry-After, in seconds or as a date. */
  static Optional<Duration> after(HttpHeaders headers, Instant now) {
    return headers.firstValue("Retry-After").flatMap(value -> parse(value.strip(), now));
  }

  private static Optional<Duration> parse(String value, Instant now) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(then.isBefore(now) ? Duration.ZERO : Duration.between(now, then));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
