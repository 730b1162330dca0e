// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.time.Duration;

/**
 * A moment by which work has to stop, or none.
 *
 * @param bounded whether there is such a moment
 * @param atNanos that moment, on the clock of {@link System#nanoTime()}
 */
public record Deadline(boolean bounded, long atNanos) {

  /** Never. */
  public static final Deadline NONE = new Deadline(false, 0);

  /** The moment that lies this far ahead; one that lies behind has passed already. */
  public static Deadline in(Duration time) {
    return new Deadline(true, System.nanoTime() + time.toNanos());
  }

  /** The earlier of the two. */
  public Deadline orEarlier(Deadline other) {
    if (!bounded || !other.bounded) {
      return bounded ? this : other;
    }
    return atNanos - other.atNanos <= 0 ? this : other;
  }

  /** When half of the time that is left is over. */
  Deadline halfway() {
    return bounded ? in(Duration.ofNanos(remainingNanos() / 2)) : this;
  }

  /** Nanoseconds left: zero or less once passed, {@link Long#MAX_VALUE} where there is no end. */
  public long remainingNanos() {
    return bounded ? atNanos - System.nanoTime() : Long.MAX_VALUE;
  }
}
