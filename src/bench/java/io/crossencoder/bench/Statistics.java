// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Statistics of samples. */
final class Statistics {

  private Statistics() {}

  static double median(double[] samples) {
    return percentile(samples, 50);
  }

  /**
   * The smallest sample that is not exceeded by the given percentage of samples; for 50, the usual
   * median.
   */
  static double percentile(double[] samples, double percent) {
    if (samples.length == 0) {
      return Double.NaN;
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    if (percent == 50 && sorted.length % 2 == 0) {
      return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  /** The median of the ratios of samples that were measured together. */
  static double medianRatio(double[] numerators, double[] denominators) {
    return median(
        IntStream.range(0, numerators.length)
            .mapToDouble(i -> numerators[i] / denominators[i])
            .toArray());
  }

  static double largestDifference(float[] a, float[] b) {
    double largest = a.length == b.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      // Written so that NaN counts as different.
      largest = difference <= largest ? largest : difference;
    }
    return largest;
  }

  /** Spearman's rank correlation. */
  static double spearman(float[] a, float[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double mean = (x.length - 1) / 2.0;
    double covariance = 0;
    double varianceX = 0;
    double varianceY = 0;
    for (int i = 0; i < x.length; i++) {
      covariance += (x[i] - mean) * (y[i] - mean);
      varianceX += (x[i] - mean) * (x[i] - mean);
      varianceY += (y[i] - mean) * (y[i] - mean);
    }
    return covariance / Math.sqrt(varianceX * varianceY);
  }

  /** Equal values have the mean of their ranks. */
  private static double[] ranks(float[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparing(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0, to; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
    }
    return ranks;
  }
}
