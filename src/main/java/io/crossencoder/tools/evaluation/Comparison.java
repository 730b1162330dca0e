// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.measures.Interval;
import io.crossencoder.tools.evaluation.measures.Measure;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.util.Arrays;

/**
 * A measure of a configuration over a group of queries, beside that of the first pass.
 *
 * @param interval of the mean, 95 %
 * @param difference to the first pass's mean
 * @param differenceInterval of that, 95 %
 * @param p how probable so large a difference is if both were alike
 * @param wins queries that are better than with the first pass
 */
record Comparison(
    double mean,
    Interval interval,
    double difference,
    Interval differenceInterval,
    double p,
    int wins,
    int losses) {

  // Of values that are sums of the same terms in another order.
  private static final double EQUAL = 1e-9;

  /** Compares the same queries. */
  static Comparison of(
      Results results, Results firstPass, Measure measure, Group group, long seed) {
    double[] values = results.values(measure, group);
    double[] differences = differences(values, firstPass.values(measure, group));
    return new Comparison(
        Statistics.mean(values),
        Statistics.bootstrap(values, seed),
        Statistics.mean(differences),
        Statistics.bootstrap(differences, seed),
        Statistics.randomizationTest(differences, seed),
        (int) Arrays.stream(differences).filter(difference -> difference > EQUAL).count(),
        (int) Arrays.stream(differences).filter(difference -> difference < -EQUAL).count());
  }

  private static double[] differences(double[] values, double[] others) {
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      differences[i] = values[i] - others[i];
    }
    return differences;
  }
}
