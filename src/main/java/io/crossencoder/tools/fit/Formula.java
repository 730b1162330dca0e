// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A blend: the logit, and weighted terms.
 *
 * @param share spread of the terms relative to the spread of the logit; the smaller, the simpler
 */
record Formula(List<Weighted> terms, double share) {

  static final Formula CE = new Formula(List.of(), 0);

  /**
   * Spread of a term relative to the spread of the logit. In powers of two, because some dozen
   * queries cannot distinguish finer steps.
   */
  private static final double[] SHARES = {0.05, 0.1, 0.2, 0.4, 0.8, 1.6};

  private static final MathContext DIGITS = new MathContext(2);

  /** A term and its weight, with two digits. */
  record Weighted(double weight, Term term) {}

  /** All formulas: the logit alone, and with one and two terms of different features. */
  static List<Formula> all(List<Term> terms, List<Candidate> candidates) {
    double logit = Term.LOGIT.spread(candidates);
    List<Formula> single = new ArrayList<>();
    for (Term term : terms) {
      for (double share : SHARES) {
        double weight =
            new BigDecimal(share * logit / term.spread(candidates)).round(DIGITS).doubleValue();
        single.add(new Formula(List.of(new Weighted(weight, term)), share));
      }
    }
    List<Formula> all = new ArrayList<>(List.of(CE));
    all.addAll(single);
    for (int i = 0; i < single.size(); i++) {
      for (Formula other : single.subList(i + 1, single.size())) {
        Weighted mine = single.get(i).terms.get(0);
        Weighted its = other.terms.get(0);
        if (!mine.term.feature().equals(its.term.feature())) {
          all.add(new Formula(List.of(mine, its), single.get(i).share + other.share));
        }
      }
    }
    return all;
  }

  double score(Candidate candidate) {
    double sum = candidate.logit();
    for (Weighted each : terms) {
      sum += each.weight * each.term.value().applyAsDouble(candidate);
    }
    return sum;
  }

  /** The value for {@code blend}: {@code ce + 0.05*ln(1+votes)}. */
  String expression() {
    return terms.stream()
        .map(
            each ->
                " + "
                    + new BigDecimal(each.weight).round(DIGITS).toPlainString()
                    + "*"
                    + each.term.expression())
        .collect(Collectors.joining("", Term.CE, ""));
  }
}
