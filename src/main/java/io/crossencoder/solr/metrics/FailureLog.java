// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import java.lang.invoke.MethodHandles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recent failures of a node. Each kind is stored once with a count, and logged at most once per
 * minute, because a failing model fails in every request. Contains no text of queries or documents.
 * Thread-safe.
 */
public final class FailureLog {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());
  private static final int MAX_KINDS = 20;
  private static final int LONGEST_ERROR = 300;
  private static final Duration QUIET = Duration.ofMinutes(1);

  /**
   * One kind of failure.
   *
   * @param what what failed, and which model
   * @param error class and message of the newest exception, truncated
   * @param count number of failures
   * @param first time of the first failure
   * @param last time of the last failure
   */
  public record Failure(String what, String error, long count, Instant first, Instant last) {

    Failure again(String newError, Instant now) {
      return new Failure(what, newError, count + 1, first, now);
    }
  }

  private final Clock clock;
  private final Map<String, Failure> failures = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Quiet> quiet = new LinkedHashMap<>();

  private record Quiet(Instant until, long suppressed) {}

  FailureLog(Clock clock) {
    this.clock = clock;
  }

  /**
   * Stores a failure, and logs it unless its kind was logged in the last minute.
   *
   * @param what what failed, and which model
   * @param cause reason
   */
  public void report(String what, Throwable cause) {
    remember(what, cause);
    String kind = what + " " + cause.getClass().getName();
    suppressedSince(kind).ifPresent(count -> log.error("{}{}", what, more(count), cause));
  }

  /**
   * Logs a warning that is not a failure, at most once per minute.
   *
   * @param what the warning
   */
  public void warn(String what) {
    suppressedSince(what).ifPresent(count -> log.warn("{}{}", what, more(count)));
  }

  /**
   * Logs a warning with variable details, at most once per minute.
   *
   * @param what constant part of the warning
   * @param details variable part
   */
  public void warn(String what, String details) {
    suppressedSince(what).ifPresent(count -> log.warn("{}: {}{}", what, details, more(count)));
  }

  /**
   * Stores a failure that the caller logs.
   *
   * @param what what failed, and which model
   * @param cause reason
   */
  public synchronized void remember(String what, Throwable cause) {
    String error = describe(cause);
    Instant now = clock.instant();
    failures.compute(
        what + " " + cause.getClass().getName(),
        (kind, known) ->
            known == null ? new Failure(what, error, 1, now, now) : known.again(error, now));
    if (failures.size() > MAX_KINDS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** {@return the recent failures, the newest last} */
  public synchronized List<Failure> failures() {
    return List.copyOf(failures.values());
  }

  /**
   * Number of messages of this kind that were suppressed since the last one was logged; empty if
   * this one must be suppressed, too.
   */
  private synchronized Optional<Long> suppressedSince(String kind) {
    Instant now = clock.instant();
    Quiet known = quiet.get(kind);
    if (known != null && now.isBefore(known.until())) {
      quiet.put(kind, new Quiet(known.until(), known.suppressed() + 1));
      return Optional.empty();
    }
    if (quiet.size() > MAX_KINDS) {
      quiet.clear();
    }
    quiet.put(kind, new Quiet(now.plus(QUIET), 0));
    return Optional.of(known == null ? 0 : known.suppressed());
  }

  private static String more(long suppressed) {
    return suppressed == 0 ? "" : " (and " + suppressed + " more since it was last logged)";
  }

  private static String describe(Throwable cause) {
    String error = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR) + "...";
  }
}
