// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.measures;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Numbers;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Computes the measures of rankings, equal to trec_eval in four decimals. A query without relevant
 * documents has 0 in all measures.
 *
 * @param k rank cutoff, 1 or greater
 * @param relevant lowest grade of a relevant document: {@code trec_eval -l}
 * @param gain gain of a grade in nDCG
 */
public record Metrics(int k, double relevant, Gain gain) {
  private static final int MAX_EXPONENT = 100;

  /** The gain of a grade. */
  public enum Gain {
    /** The grade: trec_eval, and Järvelin and Kekäläinen 2002. */
    LINEAR,
    /** 2^grade - 1: Burges et al. 2005, RankLib. */
    EXPONENTIAL;

    double of(Double grade) {
      if (grade == null || grade <= 0) {
        return 0;
      }
      return this == LINEAR ? grade : Math.pow(2, grade) - 1;
    }
  }

  /**
   * Checks that the sums of the gains are finite.
   *
   * @throws CommandException if a grade is too high for the exponential gain
   */
  public void check(Collection<Map<String, Double>> grades) {
    double highest = grades.stream().flatMap(each -> each.values().stream()).reduce(0.0, Math::max);
    if (gain == Gain.EXPONENTIAL && highest > MAX_EXPONENT) {
      throw new CommandException(
          "--gain exponential supports grades up to "
              + MAX_EXPONENT
              + ", not "
              + Numbers.shortest(highest));
    }
  }

  /** All measures of one ranking without duplicates, best first. */
  public Map<Measure, Double> of(List<String> ranking, Map<String, Double> grades) {
    List<Double> found = ranking.stream().map(grades::get).toList();
    List<Double> first = found.subList(0, Math.min(k, found.size()));
    double hits = first.stream().filter(this::isRelevant).count();
    double all = grades.values().stream().filter(this::isRelevant).count();
    double others = grades.values().stream().filter(Metrics::isGrade).count() - all;
    double judged = first.stream().filter(Objects::nonNull).count();
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    values.put(Measure.NDCG, ratio(discounted(first), ideal(grades.values())));
    List<Double> condensed = found.stream().filter(Metrics::isGrade).limit(k).toList();
    values.put(Measure.CONDENSED_NDCG, ratio(discounted(condensed), ideal(grades.values())));
    values.put(Measure.BPREF, bpref(found, all, others));
    values.put(Measure.MRR, reciprocalRank(found));
    values.put(Measure.PRECISION, hits / k);
    values.put(Measure.RECALL, ratio(hits, all));
    values.put(Measure.JUDGED, ratio(judged, first.size()));
    return values;
  }

  /** trec_eval treats grades below 0 as unjudged. */
  private static boolean isGrade(Double grade) {
    return grade != null && grade >= 0;
  }

  private boolean isRelevant(Double grade) {
    return grade != null && grade >= relevant;
  }

  private double discounted(List<Double> first) {
    double sum = 0;
    for (int i = 0; i < first.size(); i++) {
      sum += gain.of(first.get(i)) / log2(i + 2);
    }
    return sum;
  }

  /** nDCG alone, for repeated use. */
  public double ndcg(List<Double> found, double ideal) {
    return ratio(discounted(found.subList(0, Math.min(k, found.size()))), ideal);
  }

  /** The highest possible discounted gain for these grades. */
  public double ideal(Collection<Double> grades) {
    return discounted(grades.stream().sorted(Comparator.reverseOrder()).limit(k).toList());
  }

  private double bpref(List<Double> found, double relevant, double others) {
    double sum = 0;
    double above = 0;
    for (Double grade : found) {
      if (isRelevant(grade)) {
        sum += above == 0 ? 1 : 1 - Math.min(above, relevant) / Math.min(others, relevant);
      } else if (isGrade(grade)) {
        above++;
      }
    }
    return ratio(sum, relevant);
  }

  private double reciprocalRank(List<Double> found) {
    for (int i = 0; i < found.size(); i++) {
      if (isRelevant(found.get(i))) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
