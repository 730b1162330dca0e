// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.concurrent.TimeUnit;

/** How fast a model has been of late, to know what can still be done in time. Thread-safe. */
public final class Throughput {

  /** About so many of the newest runs count. */
  private static final int REMEMBERED = 10;

  /**
   * What a run counts at most, as a multiple: a machine that stood still says nothing of a model.
   */
  private static final double OUTLIER = 4;

  /** How much slower than of late a run may turn out to be. */
  private static final double SAFETY = 2;

  /**
   * What is left of the estimate after each refusal. One that is too high refuses the very runs
   * that would put it right, so without this it would refuse for ever.
   */
  private static final double DECAY = 0.98;

  /**
   * At this width attention, which compares each token with all others, takes as long as all the
   * rest, which does not: by the number of multiplications at six times the hidden size, here that
   * of MiniLM. For a larger model it is an overestimate: the safe side.
   */
  private static final double EVEN_WIDTH = 6 * 384;

  private double nanosPerCell;
  private int runs;

  /** Nothing is known yet. */
  public Throughput() {}

  /**
   * Counts a run.
   *
   * @param cells tokens that it had, padding included
   * @param width tokens of each of its pairs, padding included
   * @param nanos how long it took, in nanoseconds
   */
  public synchronized void ran(int cells, int width, long nanos) {
    double newest = nanos / cost(cells, width);
    runs = Math.min(runs + 1, REMEMBERED);
    double counted = runs < REMEMBERED ? newest : Math.min(newest, OUTLIER * nanosPerCell);
    nanosPerCell += (counted - nanosPerCell) / runs;
  }

  /** What a run costs: in cells of a pair so short that attention does not count. */
  static double cost(int cells, int width) {
    return cells * (1 + width / EVEN_WIDTH);
  }

  /** Of short pairs; 1 if nothing is known. */
  synchronized double nanosPerCell() {
    return nanosPerCell == 0 ? 1 : nanosPerCell;
  }

  /** {@return cells of short pairs per second and thread, of late; 0 if nothing is known} */
  public synchronized double cellsPerSecond() {
    return nanosPerCell == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / nanosPerCell;
  }

  /**
   * How many pairs of this width can be scored in this time; any number if nothing is known. On the
   * safe side: a run that the deadline stops was for nothing.
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
