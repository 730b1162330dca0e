// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.concurrent.TimeUnit;

/** Estimates the speed of a model from its recent runs. Thread-safe. */
public final class Throughput {

  /** Approximate number of recent runs that count. */
  private static final int REMEMBERED = 10;

  /**
   * Limit of a single run, as a multiple of the average, because a stalled machine says nothing
   * about the model.
   */
  private static final double OUTLIER = 4;

  /** A run can take up to this many times longer than estimated. */
  private static final double SAFETY = 2;

  /**
   * Factor of the estimate after each rejection. Without it, an estimate that is too high would
   * reject the runs that could correct it.
   */
  private static final double DECAY = 0.98;

  /**
   * At this width, attention takes as long as all other layers, by the number of multiplications:
   * six times the hidden size, here of MiniLM. For larger models this overestimates the cost of
   * attention, which is safe.
   */
  private static final double EVEN_WIDTH = 6 * 384;

  private double nanosPerCell;
  private int runs;

  /** Without any runs yet. */
  public Throughput() {}

  /**
   * Records a run.
   *
   * @param cells padded tokens
   * @param width padded tokens per pair
   * @param nanos duration in nanoseconds
   */
  public synchronized void ran(int cells, int width, long nanos) {
    double newest = nanos / cost(cells, width);
    runs = Math.min(runs + 1, REMEMBERED);
    double counted = runs < REMEMBERED ? newest : Math.min(newest, OUTLIER * nanosPerCell);
    nanosPerCell += (counted - nanosPerCell) / runs;
  }

  /** Cost of a run, in tokens of a pair so short that attention is negligible. */
  static double cost(int cells, int width) {
    return cells * (1 + width / EVEN_WIDTH);
  }

  /** For short pairs; 1 if there are no runs yet. */
  synchronized double nanosPerCell() {
    return nanosPerCell == 0 ? 1 : nanosPerCell;
  }

  /**
   * {@return recent padded tokens of short pairs per second and thread; 0 if there are no runs yet}
   */
  public synchronized double cellsPerSecond() {
    return nanosPerCell == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / nanosPerCell;
  }

  /**
   * Number of pairs of this width that fit into this time, or any number if there are no runs yet.
   * A low estimate, because a run that the deadline interrupts is lost.
   */
  synchronized int pairsWithin(long nanos, int width) {
    if (nanos <= 0) {
      return 0;
    }
    int pairs =
        (int) Math.min(Integer.MAX_VALUE, nanos / (SAFETY * nanosPerCell * cost(width, width)));
    if (pairs == 0) {
      nanosPerCell *= DECAY;
    }
    return pairs;
  }
}
