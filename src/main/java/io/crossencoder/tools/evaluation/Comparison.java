// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.measures.Interval;
import io.crossencoder.tools.evaluation.measures.Measure;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.util.Arrays;

/**
 * A measure of a configuration over a group of queries, compared with the first pass.
 *
 * @param interval 95 % confidence interval of the mean
 * @param difference difference to the mean of the first pass
 * @param differenceInterval 95 % confidence interval of the difference
 * @param p probability of a difference this large if both were equal
 * @param wins number of queries that are better than in the first pass
 */
record Comparison(
    double mean,
    Interval interval,
    double difference,
    Interval differenceInterval,
    double p,
    int wins,
    int losses) {

  // Tolerance for sums in a different order.
  private static final double EQUAL = 1e-9;

  /** Compares the values of the same queries. */
  static Comparison of(
      Results results, Results firstPass, Measure measure, Group group, long seed) {
    double[] values = results.values(measure, group);
    double[] differences = Statistics.differences(values, firstPass.values(measure, group));
    return new Comparison(
        Statistics.mean(values),
        Statistics.bootstrap(values, seed),
        Statistics.mean(differences),
        Statistics.bootstrap(differences, seed),
        Statistics.randomizationTest(differences, seed),
        (int) Arrays.stream(differences).filter(difference -> difference > EQUAL).count(),
        (int) Arrays.stream(differences).filter(difference -> difference < -EQUAL).count());
  }
}
