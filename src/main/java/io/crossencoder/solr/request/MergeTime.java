// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

/**
 * What Solr needs, beside all scoring, until the page of several shards is complete: to search, to
 * send and merge hits, and to fetch documents. As it was of late, in milliseconds. Thread-safe.
 */
public final class MergeTime {

  /** Before anything is known; but not all there is. */
  private static final double GUESS = 100;

  private static final double LARGEST_SHARE = 0.6;

  /** The next page may need more than the slowest of late. */
  private static final double MARGIN = 1.25;

  /** How much of a slow page is forgotten with each faster one. */
  private static final double FORGETTING = 0.1;

  private double known;

  /** A page is complete, or was given up: it took so long at least. */
  synchronized void took(double milliseconds) {
    known = Math.max(milliseconds, known + (milliseconds - known) * FORGETTING);
  }

  /** How much of the time that remains is to be left to Solr. */
  synchronized double reserve(double remaining) {
    return known > 0 ? known * MARGIN : guess(remaining);
  }

  /** The same where nobody measures. */
  static double guess(double remaining) {
    return Math.min(GUESS, remaining * LARGEST_SHARE);
  }
}
