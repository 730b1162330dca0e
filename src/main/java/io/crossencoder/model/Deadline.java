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

  /** Never. */
  public static final Deadline NONE = new Deadline(false, 0);

  /**
   * A moment that lies ahead.
   *
   * @param time how far, up to 292 years; of 0 or less it has passed already
   * @return the moment so long after this call
   * @throws ArithmeticException if it is further off than that
   */
  public static Deadline in(Duration time) {
    return new Deadline(true, System.nanoTime() + time.toNanos());
  }

  /**
   * Of two limits the one that counts.
   *
   * @param other maybe {@link #NONE}
   * @return the earlier of the two; none if both are
   */
  public Deadline orEarlier(Deadline other) {
    if (!bounded || !other.bounded) {
      return bounded ? this : other;
    }
    return atNanos - other.atNanos <= 0 ? this : other;
  }

  /** {@return when half of the time that is left is over; none, if there is no end} */
  public Deadline halfway() {
    return bounded ? in(Duration.ofNanos(remainingNanos() / 2)) : this;
  }

  /** {@return nanoseconds left: 0 or less once passed, {@link Long#MAX_VALUE} without an end} */
  public long remainingNanos() {
    return bounded ? atNanos - System.nanoTime() : Long.MAX_VALUE;
  }
}
