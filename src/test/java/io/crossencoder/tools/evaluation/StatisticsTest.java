// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.evaluation.measures.Interval;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.Test;

/** Intervals and the randomization test, compared with exact values. */
public final class StatisticsTest {

  private static double[] sample(int size, double mean, double deviation) {
    SplittableRandom random = new SplittableRandom(7);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      // The sum of twelve uniform numbers is close to a normal distribution.
      double sum = 0;
      for (int j = 0; j < 12; j++) {
        sum += random.nextDouble();
      }
      values[i] = mean + deviation * (sum - 6);
    }
    return values;
  }

  /** All 2^n permutations. */
  private static double exact(double[] differences) {
    double observed = Math.abs(Arrays.stream(differences).sum());
    int asLarge = 0;
    int all = 1 << differences.length;
    for (int way = 0; way < all; way++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += (way >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      asLarge += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
    }
    return (double) asLarge / all;
  }

  @Test
  public void theTestAgreesWithAllPermutations() {
    for (double mean : new double[] {0, 0.3, 0.6}) {
      double[] differences = sample(14, mean, 1);
      assertEquals(exact(differences), Statistics.randomizationTest(differences, 42), 0.01);
    }
  }

  @Test
  public void whatIsAlikeIsNotSignificant() {
    assertEquals(1, Statistics.randomizationTest(new double[53], 42), 0);
    assertEquals(1, Statistics.randomizationTest(new double[0], 42), 0);
  }

  @Test
  public void moreThanSixtyFourQueriesAreTossedToo() {
    double[] differences = new double[200];
    Arrays.fill(differences, 100, 200, 0.1);
    assertTrue(Statistics.randomizationTest(differences, 42) < 0.001);
  }

  @Test
  public void theIntervalIsThatOfTheNormalDistributionWhereThatHolds() {
    double[] values = sample(400, 0.5, 0.2);
    double mean = Statistics.mean(values);
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum() / values.length;
    double half = 1.96 * Math.sqrt(variance / values.length);
    Interval interval = Statistics.bootstrap(values, 42);
    assertEquals(mean - half, interval.low(), half / 10);
    assertEquals(mean + half, interval.high(), half / 10);
  }

  @Test
  public void theSameSeedGivesTheSameInterval() {
    double[] values = sample(20, 0.5, 0.2);
    assertEquals(Statistics.bootstrap(values, 1), Statistics.bootstrap(values, 1));
    assertEquals(new Interval(0, 0), Statistics.bootstrap(new double[0], 1));
  }

  @Test
  public void quantilesAreValuesOfTheSample() {
    double[] values = {5, 1, 4, 2, 3};
    assertEquals(3, Statistics.quantile(values, 0.5), 0);
    assertEquals(5, Statistics.quantile(values, 0.95), 0);
    assertEquals(1, Statistics.quantile(values, 0), 0);
    assertEquals(0, Statistics.quantile(new double[0], 0.5), 0);
  }
}
