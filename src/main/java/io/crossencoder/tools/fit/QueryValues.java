// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.measures.Metrics;
import io.crossencoder.tools.evaluation.measures.Metrics.Gain;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Computes the quality of a ranking of the candidates, per query. */
final class QueryValues {
  private final List<JudgedQuery> queries;
  private final List<List<Candidate>> candidates;
  private final boolean judgedOnly;
  private final int k;
  private final Metrics metrics;
  private final double[] ideals;

  /**
   * For a list of queries.
   *
   * @param candidates candidates per query, in first-pass order
   * @param judgedOnly whether to ignore unjudged documents instead of counting them as not relevant
   */
  QueryValues(
      List<JudgedQuery> queries, List<List<Candidate>> candidates, int k, boolean judgedOnly) {
    this.queries = queries;
    this.candidates = candidates;
    this.judgedOnly = judgedOnly;
    this.k = k;
    this.metrics = new Metrics(k, 1, Gain.LINEAR);
    this.ideals =
        queries.stream().mapToDouble(query -> metrics.ideal(query.grades().values())).toArray();
  }

  int k() {
    return k;
  }

  String label() {
    return (judgedOnly ? "nDCG'@" : "nDCG@") + k;
  }

  /** Candidates sorted by a score; equal scores keep the first-pass order. */
  double[] of(ToDoubleFunction<Candidate> score) {
    double[] values = new double[queries.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i, sorted(i, score).stream().map(Candidate::grade).toList());
    }
    return values;
  }

  /** Rankings from Solr. */
  double[] of(List<List<String>> rankings) {
    double[] values = new double[queries.size()];
    for (int i = 0; i < values.length; i++) {
      JudgedQuery query = queries.get(i);
      values[i] = value(i, rankings.get(i).stream().map(query.grades()::get).toList());
    }
    return values;
  }

  /** Share of judged documents among the first k of a ranking, over all queries. */
  double judged(ToDoubleFunction<Candidate> score) {
    double[] shares = new double[queries.size()];
    for (int i = 0; i < shares.length; i++) {
      List<Candidate> first = sorted(i, score).stream().limit(k).toList();
      long judged = first.stream().filter(candidate -> candidate.grade() != null).count();
      shares[i] = first.isEmpty() ? 1 : (double) judged / first.size();
    }
    return Statistics.mean(shares);
  }

  private List<Candidate> sorted(int query, ToDoubleFunction<Candidate> score) {
    List<Candidate> order = new ArrayList<>(candidates.get(query));
    order.sort(Comparator.comparingDouble(candidate -> -score.applyAsDouble(candidate)));
    return order;
  }

  private double value(int query, List<Double> grades) {
    return metrics.ndcg(
        judgedOnly ? grades.stream().filter(Objects::nonNull).toList() : grades, ideals[query]);
  }
}
