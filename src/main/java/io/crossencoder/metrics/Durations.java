// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * A histogram of durations since the start: count, sum, and percentiles with a precision of 1 %.
 * Thread-safe; recording takes no lock.
 */
public final class Durations implements Supplier<Durations.Summary> {

  private static final int SIGNIFICANT_DIGITS = 2;
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final ConcurrentHistogram micros =
      new ConcurrentHistogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);
  private final List<DoubleConsumer> listeners = new CopyOnWriteArrayList<>();

  /** An empty histogram. */
  public Durations() {}

  /**
   * Records a duration.
   *
   * @param nanos duration in nanoseconds; recorded in whole microseconds, from 0 to one hour
   */
  public void record(long nanos) {
    long rounded = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
    micros.recordValue(Math.min(rounded, LONGEST_MICROS));
    for (DoubleConsumer listener : listeners) {
      listener.accept(Math.max(0, nanos) / 1e9);
    }
  }

  /**
   * Adds a listener for all later durations.
   *
   * @param seconds called on the recording thread
   */
  public void addListener(DoubleConsumer seconds) {
    listeners.add(seconds);
  }

  /**
   * Removes a listener.
   *
   * @param seconds a listener; ignored if it was not added
   */
  public void removeListener(DoubleConsumer seconds) {
    listeners.remove(seconds);
  }

  /** {@return a consistent snapshot} */
  @Override
  public Summary get() {
    return new Summary(micros.copy());
  }

  /** A snapshot; durations in seconds. Thread-safe. */
  public static final class Summary {

    /** Bounds for {@link #countWithin} in seconds, ascending: the buckets for Prometheus. */
    public static final List<Double> BOUNDS =
        List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final double SECOND = TimeUnit.SECONDS.toMicros(1);

    private final AbstractHistogram micros;

    private Summary(AbstractHistogram micros) {
      this.micros = micros;
    }

    /** {@return number of recorded durations} */
    public long count() {
      return micros.getTotalCount();
    }

    /**
     * Number of durations up to a bound.
     *
     * @param seconds the bound, 0 or greater; precision 1 %
     * @return from 0 to {@link #count()}
     */
    public long countWithin(double seconds) {
      return micros.getCountBetweenValues(0, Math.round(seconds * SECOND));
    }

    /** {@return sum in seconds, precision 1 %; 0 if the histogram is empty} */
    public double sum() {
      return count() == 0 ? 0 : micros.getMean() * count() / SECOND;
    }

    /**
     * A percentile.
     *
     * @param percent from 0 to 100: 50 is the median
     * @return in seconds, precision 1 %; 0 if the histogram is empty
     */
    public double percentile(double percent) {
      return micros.getValueAtPercentile(percent) / SECOND;
    }

    /** {@return maximum in seconds, precision 1 %; 0 if the histogram is empty} */
    public double max() {
      return micros.getMaxValue() / SECOND;
    }
  }
}
