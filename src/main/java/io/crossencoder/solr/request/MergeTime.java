// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

/**
 * Estimates the time that Solr needs for a distributed request besides scoring: searching, sending
 * and merging hits, and fetching documents. In milliseconds, from recent requests. Thread-safe.
 */
public final class MergeTime {

  /** Initial value; limited to a share of the remaining time. */
  private static final double GUESS = 100;

  private static final double LARGEST_SHARE = 0.6;

  /** Factor, because the next page may be slower than all recent pages. */
  private static final double MARGIN = 1.25;

  /** Weight of each faster page. */
  private static final double FORGETTING = 0.1;

  private double known;

  /** Records the time of a page; a lower bound if the page was not completed. */
  synchronized void took(double milliseconds) {
    known = Math.max(milliseconds, known + (milliseconds - known) * FORGETTING);
  }

  /** Milliseconds of the remaining time to reserve for Solr. */
  synchronized double reserve(double remaining) {
    return known > 0 ? known * MARGIN : guess(remaining);
  }

  /** The reserve if there is no measurement. */
  static double guess(double remaining) {
    return Math.min(GUESS, remaining * LARGEST_SHARE);
  }
}
