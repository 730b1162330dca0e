// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.asking.Ranking;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.measures.Measure;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The results of one configuration.
 *
 * @param answers one per query, in the order of the queries
 */
record Results(Configuration configuration, List<Answer> answers) {

  /** A query, its ranking in Solr, and the measures of the ranking. */
  record Answer(JudgedQuery query, Ranking ranking, Map<Measure, Double> values) {}

  Results {
    answers = List.copyOf(answers);
  }

  /** One value per query of the group, in the order of the queries. */
  double[] values(Measure measure, Group group) {
    return answers.stream()
        .filter(answer -> group.has(answer.query()))
        .mapToDouble(answer -> answer.values().get(measure))
        .toArray();
  }

  /** A percentile of Solr's QTime in milliseconds. */
  double queryMillis(double part, Group group) {
    return Statistics.quantile(
        answers.stream()
            .filter(answer -> group.has(answer.query()))
            .mapToDouble(answer -> answer.ranking().queryMillis())
            .toArray(),
        part);
  }

  /** The distinct values of a key in the section crossEncoder; usually one or none. */
  String said(String name) {
    return answers.stream()
        .map(answer -> answer.ranking().crossEncoder().get(name))
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The sum of a number in the section crossEncoder over all queries. */
  long sum(String name) {
    return answers.stream().mapToLong(answer -> answer.ranking().count(name)).sum();
  }
}
