// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How long something took, each time since the start: how often, how long in all, and the
 * percentiles, to 1 %. Thread-safe; recording takes no lock.
 */
public final class Durations {

  private static final int SIGNIFICANT_DIGITS = 2;
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final ConcurrentHistogram micros =
      new ConcurrentHistogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);

  /** Counts one; from a microsecond to an hour, what is beyond counts as these. */
  public void record(long nanos) {
    long rounded = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
    micros.recordValue(Math.min(rounded, LONGEST_MICROS));
  }

  /** What there is now, all of it of one moment. */
  public Summary summary() {
    return new Summary(micros.copy());
  }

  /** What there was at one moment; in seconds. */
  public static final class Summary {

    /** The upper bounds of {@link #countWithin} that {@link #BOUNDS} has: 1 ms to 10 s. */
    public static final List<Double> BOUNDS =
        List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final double SECOND = TimeUnit.SECONDS.toMicros(1);

    private final AbstractHistogram micros;

    private Summary(AbstractHistogram micros) {
      this.micros = micros;
    }

    /** How many were recorded. */
    public long count() {
      return micros.getTotalCount();
    }

    /** How many took no longer than this. */
    public long countWithin(double seconds) {
      return micros.getCountBetweenValues(0, Math.round(seconds * SECOND));
    }

    /** All of them, to 1 %. */
    public double sum() {
      return count() == 0 ? 0 : micros.getMean() * count() / SECOND;
    }

    /** What this share of them did not exceed, from 0 to 100 percent; 0 if there are none. */
    public double percentile(double percent) {
      return micros.getValueAtPercentile(percent) / SECOND;
    }

    /** The longest; 0 if there are none. */
    public double max() {
      return micros.getMaxValue() / SECOND;
    }
  }
}
