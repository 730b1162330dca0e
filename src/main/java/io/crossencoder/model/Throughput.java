// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

/** How fast a model has been of late, to know what can still be done in time. Thread-safe. */
final class Throughput {

  /** Weight of the newest run: about the last ten of them count. */
  private static final double NEWEST = 0.1;

  /** How much slower than of late a run may turn out to be. */
  private static final double SAFETY = 2;

  private volatile double nanosPerCell;

  /** A run over this many cells, padding included, took this long. */
  void ran(int cells, long nanos) {
    double newest = (double) nanos / cells;
    double before = nanosPerCell;
    // Two runs that end together may lose one of them; the next one makes up for it.
    nanosPerCell = before == 0 ? newest : before + NEWEST * (newest - before);
  }

  /**
   * How many pairs of this width can be scored in this time; any number if nothing is known. On the
   * safe side: a run that the deadline stops was for nothing.
   */
  int pairsWithin(long nanos, int width) {
    double pairs = nanos / (SAFETY * nanosPerCell * width);
    return nanos <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, pairs);
  }
}
