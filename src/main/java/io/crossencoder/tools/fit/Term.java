// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A term that a formula can add to the logit.
 *
 * @param feature feature of the term
 * @param expression expression in a blend
 */
record Term(String feature, String expression, ToDoubleFunction<Candidate> value) {

  static final String CE = "ce";
  static final String PROBABILITY = "ceProb";
  static final String SCORE = "score";

  /** The logit, the first term of every formula. */
  static final Term LOGIT = new Term(CE, CE, Candidate::logit);

  /**
   * All terms for some features.
   *
   * @param features names: score, fields, and ceProb, which fields can be multiplied with
   */
  static List<Term> of(List<String> features) {
    List<Term> terms = new ArrayList<>();
    for (String feature : features) {
      if (feature.equals(SCORE)) {
        terms.add(new Term(feature, feature, Candidate::score));
      } else if (!feature.equals(CE) && !feature.equals(PROBABILITY)) {
        ToDoubleFunction<Candidate> raw = candidate -> candidate.field(feature);
        ToDoubleFunction<Candidate> logarithm =
            candidate -> Math.log(1 + Math.max(0, raw.applyAsDouble(candidate)));
        terms.add(new Term(feature, feature, raw));
        terms.add(new Term(feature, "ln(1+" + feature + ")", logarithm));
        if (features.contains(PROBABILITY)) {
          terms.add(
              new Term(
                  feature,
                  "ceProb*ln(1+" + feature + ")",
                  candidate -> candidate.probability() * logarithm.applyAsDouble(candidate)));
        }
      }
    }
    return terms;
  }

  /** The standard deviation of its values over all candidates. */
  double spread(List<Candidate> candidates) {
    double mean = candidates.stream().mapToDouble(value).average().orElse(0);
    return Math.sqrt(
        candidates.stream()
            .mapToDouble(candidate -> Math.pow(value.applyAsDouble(candidate) - mean, 2))
            .average()
            .orElse(0));
  }

  /** The reason why the term is useless: all candidates have the same value, or one has none. */
  Optional<String> problem(List<Candidate> candidates) {
    double spread = spread(candidates);
    if (!Double.isFinite(spread)) {
      return Optional.of(expression + " is not a finite number for all candidates");
    }
    return spread < 1e-12
        ? Optional.of(expression + " is the same for all candidates")
        : Optional.empty();
  }
}
