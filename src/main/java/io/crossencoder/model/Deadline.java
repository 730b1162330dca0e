// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.time.Duration;

/**
 * A time at which work must stop, or none. It is valid in this JVM only.
 *
 * @param bounded whether there is a deadline
 * @param atNanos the deadline on the clock of {@link System#nanoTime()}; ignored if not {@code
 *     bounded}
 */
public record Deadline(boolean bounded, long atNanos) {

  /** No deadline. */
  public static final Deadline NONE = new Deadline(false, 0);

  /**
   * A deadline relative to now.
   *
   * @param time up to 292 years; if it is 0 or negative, the deadline has already passed
   * @return the deadline
   * @throws ArithmeticException if {@code time} exceeds 292 years
   */
  public static Deadline in(Duration time) {
    return new Deadline(true, System.nanoTime() + time.toNanos());
  }

  /**
   * The earlier of two deadlines.
   *
   * @param other can be {@link #NONE}
   * @return the earlier deadline; {@link #NONE} if both are
   */
  public Deadline orEarlier(Deadline other) {
    if (!bounded || !other.bounded) {
      return bounded ? this : other;
    }
    return atNanos - other.atNanos <= 0 ? this : other;
  }

  /** {@return the deadline after half of the remaining time; {@link #NONE} if there is none} */
  public Deadline halfway() {
    return bounded ? in(Duration.ofNanos(remainingNanos() / 2)) : this;
  }

  /**
   * {@return the remaining nanoseconds: 0 or less after the deadline, {@link Long#MAX_VALUE}
   * without one}
   */
  public long remainingNanos() {
    return bounded ? atNanos - System.nanoTime() : Long.MAX_VALUE;
  }
}
