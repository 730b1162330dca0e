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
 * A histogram of durations since the start: count, sum, and percentiles to 1 %. Thread-safe;
 * recording needs no lock.
 */
public final class Durations implements Supplier<Durations.Summary> {

  private static final int SIGNIFICANT_DIGITS = 2;
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

  private final ConcurrentHistogram micros =
      new ConcurrentHistogram(LONGEST_MICROS, SIGNIFICANT_DIGITS);
  private final List<DoubleConsumer> listeners = new CopyOnWriteArrayList<>();

  /** None recorded yet. */
  public Durations() {}

  /**
   * Counts one.
   *
   * @param nanos how long it took, in nanoseconds; counts in whole microseconds, as 0 if it is less
   *     than that and as an hour if it is more
   */
  public void record(long nanos) {
    long rounded = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
    micros.recordValue(Math.min(rounded, LONGEST_MICROS));
    for (DoubleConsumer listener : listeners) {
      listener.accept(Math.max(0, nanos) / 1e9);
    }
  }

  /**
   * Also tells another one of each duration, from now on.
   *
   * @param seconds called on the thread that records
   */
  public void addListener(DoubleConsumer seconds) {
    listeners.add(seconds);
  }

  /**
   * Tells it of none any more.
   *
   * @param seconds one that was added; any other is ignored
   */
  public void removeListener(DoubleConsumer seconds) {
    listeners.remove(seconds);
  }

  /** {@return what there is now, all of it of one moment; what comes later does not change it} */
  @Override
  public Summary get() {
    return new Summary(micros.copy());
  }

  /** What there was at one moment; durations in seconds. Thread-safe. */
  public static final class Summary {

    /** Bounds to ask {@link #countWithin} for, in seconds, ascending: buckets for Prometheus. */
    public static final List<Double> BOUNDS =
        List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final double SECOND = TimeUnit.SECONDS.toMicros(1);

    private final AbstractHistogram micros;

    private Summary(AbstractHistogram micros) {
      this.micros = micros;
    }

    /** {@return how many were recorded} */
    public long count() {
      return micros.getTotalCount();
    }

    /**
     * How many were no longer than a bound.
     *
     * @param seconds the bound, 0 or more; to 1 %
     * @return from 0 to {@link #count()}
     */
    public long countWithin(double seconds) {
      return micros.getCountBetweenValues(0, Math.round(seconds * SECOND));
    }

    /** {@return all of them together in seconds, to 1 %; 0 if there are none} */
    public double sum() {
      return count() == 0 ? 0 : micros.getMean() * count() / SECOND;
    }

    /**
     * What a share of them did not exceed.
     *
     * @param percent the share, from 0 to 100: 50 is the median
     * @return in seconds, to 1 %; 0 if there are none
     */
    public double percentile(double percent) {
      return micros.getValueAtPercentile(percent) / SECOND;
    }

    /** {@return the longest in seconds, to 1 %; 0 if there are none} */
    public double max() {
      return micros.getMaxValue() / SECOND;
    }
  }
}
