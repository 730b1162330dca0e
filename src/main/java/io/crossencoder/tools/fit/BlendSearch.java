// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Selects a formula by its values for the queries. */
final class BlendSearch {
  /** Index of the formula with the logit alone. */
  static final int CE = 0;

  private static final int ERRORS = 2;

  private final List<Formula> formulas;
  private final double[][] values;
  private final List<Integer> simplestFirst;

  /**
   * A search.
   *
   * @param formulas formulas, the logit alone first
   * @param values values of each formula, one per query
   */
  BlendSearch(List<Formula> formulas, double[][] values) {
    this.formulas = formulas;
    this.values = values;
    this.simplestFirst =
        IntStream.range(0, formulas.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> formulas.get(i).terms().size())
                    .thenComparing(i -> formulas.get(i).share()))
            .toList();
  }

  int size() {
    return formulas.size();
  }

  /** The values of a formula, one per query. */
  double[] values(int formula) {
    return values[formula].clone();
  }

  /** The formula with the highest mean over some queries; the simplest one if several are equal. */
  int best(List<Integer> queries) {
    return simplestFirst.stream()
        .max(Comparator.comparing(formula -> mean(formula, queries)))
        .orElseThrow();
  }

  /**
   * The simplest formula whose mean is not distinguishable from the best one: at most two standard
   * errors of the paired difference below it. Breiman et al. ("Classification and Regression
   * Trees", 1984) use one standard error; two compensate for the selection of the best of some
   * hundred formulas.
   */
  int choose(List<Integer> queries) {
    int best = best(queries);
    return simplestFirst.stream()
        .filter(formula -> isWithinNoise(formula, best, queries))
        .findFirst()
        .orElse(best);
  }

  /** Number of formulas that are not distinguishable from the best one. */
  long within(List<Integer> queries) {
    int best = best(queries);
    return simplestFirst.stream().filter(formula -> isWithinNoise(formula, best, queries)).count();
  }

  /**
   * Cross-validation: for each query, the value of the formula that the other queries select.
   *
   * @param folds number of parts, each of which is left out once
   */
  double[] crossValidated(int folds, long seed) {
    int queries = values[0].length;
    List<Integer> order = new ArrayList<>(IntStream.range(0, queries).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    double[] found = new double[queries];
    for (int fold = 0; fold < folds; fold++) {
      List<Integer> known = new ArrayList<>();
      List<Integer> leftOut = new ArrayList<>();
      for (int place = 0; place < queries; place++) {
        (place % folds == fold ? leftOut : known).add(order.get(place));
      }
      int chosen = choose(known);
      leftOut.forEach(query -> found[query] = values[chosen][query]);
    }
    return found;
  }

  Formula formula(int index) {
    return formulas.get(index);
  }

  private double mean(int formula, List<Integer> queries) {
    return queries.stream().mapToDouble(query -> values[formula][query]).average().orElse(0);
  }

  private boolean isWithinNoise(int formula, int best, List<Integer> queries) {
    double behind = mean(best, queries) - mean(formula, queries);
    double squares = 0;
    for (int query : queries) {
      squares += Math.pow(values[best][query] - values[formula][query] - behind, 2);
    }
    double error = Math.sqrt(squares / Math.max(1, queries.size() - 1) / queries.size());
    return behind <= ERRORS * error + 1e-12;
  }
}
