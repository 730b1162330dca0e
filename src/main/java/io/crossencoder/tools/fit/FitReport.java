// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import io.crossencoder.tools.common.Numbers;
import io.crossencoder.tools.common.TextTable;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The result of a search, compared with the first pass, the logit alone and the current blend. */
final class FitReport {
  private static final double ENOUGH_JUDGED = 0.5;
  private static final double CERTAIN = 0.05;

  private final BlendSearch search;
  private final QueryValues values;
  private final int folds;
  private final long seed;
  private final List<Integer> all;
  private final int chosen;
  private final int best;
  private final double[] ce;

  FitReport(BlendSearch search, QueryValues values, int folds, long seed) {
    this.search = search;
    this.values = values;
    this.folds = folds;
    this.seed = seed;
    this.ce = values.of(Formula.CE::score);
    this.all = IntStream.range(0, ce.length).boxed().toList();
    this.chosen = search.choose(all);
    this.best = search.best(all);
  }

  /** The recommended formula. */
  Formula chosen() {
    return search.formula(chosen);
  }

  /**
   * Prints the table and the recommendation.
   *
   * @param current values of the current blend in Solr, one per query
   */
  void print(double[] current, PrintWriter out) {
    double[] validated = search.crossValidated(folds, seed);
    TextTable table = new TextTable();
    table.row(List.of("", values.label(), "95 %", "to ce", "95 %", "p", "judged@" + values.k()));
    table.row(row("first pass", values.of(Candidate::score), judged(Candidate::score)));
    table.row(row("ce", ce, judged(Formula.CE::score)));
    table.row(row("current blend", current, ""));
    table.row(row("cross-validation, " + folds + " folds", validated, ""));
    table.row(row(chosen().expression(), search.values(chosen), judged(chosen()::score)));
    if (best != chosen) {
      Formula highest = search.formula(best);
      table.row(
          row("highest: " + highest.expression(), search.values(best), judged(highest::score)));
    }
    out.printf(Locale.ROOT, "%,d queries%n%n%s%n", all.size(), table.render());
    out.printf(
        Locale.ROOT,
        "%,d of %,d formulas are within two standard errors of the best one. The simplest of them: %s%n%n",
        search.within(all),
        search.size(),
        chosen().expression());
    conclude(current, validated, out);
  }

  private void conclude(double[] current, double[] validated, PrintWriter out) {
    double judged = values.judged(chosen()::score);
    if (judged < ENOUGH_JUDGED) {
      out.printf(
          Locale.ROOT,
          "NO RECOMMENDATION: only %.0f %% of the first %d documents are judged, so formulas that rank judged"
              + " documents first look best.%nWrite a pool with scripts/evaluate.sh"
              + " --pool, judge its documents, and run this command again.%n",
          100 * judged,
          values.k());
      return;
    }
    int recommended = chosen;
    double gain = Statistics.mean(validated) - Statistics.mean(ce);
    if (!chosen().equals(Formula.CE) && (gain <= 0 || p(validated, ce) >= CERTAIN)) {
      out.printf(
          Locale.ROOT,
          "NOT SIGNIFICANT: in cross-validation, the difference to ce is %s (p %s). The data does not show"
              + " that a formula is better than the model alone.%n",
          Numbers.signed(gain),
          Numbers.probability(p(validated, ce)));
      recommended = BlendSearch.CE;
    }
    double[] found = search.values(recommended);
    out.printf(
        Locale.ROOT,
        "Difference to the current blend: %s (p %s).%n%nblend=%s%n",
        Numbers.signed(Statistics.mean(found) - Statistics.mean(current)),
        Numbers.probability(p(found, current)),
        search.formula(recommended).expression());
  }

  private String judged(ToDoubleFunction<Candidate> score) {
    return Numbers.three(values.judged(score));
  }

  private double p(double[] one, double[] other) {
    return Statistics.randomizationTest(Statistics.differences(one, other), seed);
  }

  private List<String> row(String name, double[] found, String judged) {
    double[] differences = Statistics.differences(found, ce);
    boolean same = found == ce;
    return List.of(
        name,
        Numbers.three(Statistics.mean(found)),
        Statistics.bootstrap(found, seed).toString(),
        same ? "" : Numbers.signed(Statistics.mean(differences)),
        same ? "" : Statistics.bootstrap(differences, seed).signed(),
        same ? "" : Numbers.probability(Statistics.randomizationTest(differences, seed)),
        judged);
  }
}
