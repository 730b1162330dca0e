// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.measures;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Statistics over queries. The same values and seed give the same result. */
public final class Statistics {
  public static final int RESAMPLES = 10_000;
  public static final int PERMUTATIONS = 20_000;
  private static final double TAIL = 0.025;
  // Sums in a different order differ by less.
  private static final double ROUNDING = 1e-9;

  private Statistics() {}

  /** The mean; 0 if there are no values. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  /** The difference of two systems for each query. */
  public static double[] differences(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] - other[i]).toArray();
  }

  /**
   * A quantile: the smallest value that at least this share of the values does not exceed; 0 if
   * there are no values.
   */
  public static double quantile(double[] values, double part) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
  }

  /**
   * The 95 % confidence interval of the mean: percentile bootstrap over queries. For a difference
   * of means, pass the differences.
   */
  public static Interval bootstrap(double[] values, long seed) {
    if (values.length == 0) {
      return new Interval(0, 0);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int drawn = 0; drawn < values.length; drawn++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    return new Interval(quantile(means, TAIL), quantile(means, 1 - TAIL));
  }

  /**
   * The p value of a mean difference, two-sided: Fisher's randomization test, which Smucker, Allan
   * and Carterette (CIKM 2007) recommend for comparing rankings. The two systems are swapped at
   * random for each query.
   *
   * @param differences one per query
   * @return at least 1 / ({@link #PERMUTATIONS} + 1)
   */
  public static double randomizationTest(double[] differences, long seed) {
    double observed = Math.abs(Arrays.stream(differences).sum());
    SplittableRandom random = new SplittableRandom(seed);
    int asLarge = 0;
    for (int i = 0; i < PERMUTATIONS; i++) {
      double sum = 0;
      long coins = 0;
      for (int j = 0; j < differences.length; j++) {
        coins = j % Long.SIZE == 0 ? random.nextLong() : coins >>> 1;
        sum += (coins & 1) == 0 ? differences[j] : -differences[j];
      }
      if (Math.abs(sum) >= observed - ROUNDING) {
        asLarge++;
      }
    }
    return (asLarge + 1.0) / (PERMUTATIONS + 1.0);
  }
}
