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
 * What one configuration gave.
 *
 * @param answers one of each query, in their order
 */
record Results(Configuration configuration, List<Answer> answers) {

  /** A query, what Solr answered, and how good it is. */
  record Answer(JudgedQuery query, Ranking ranking, Map<Measure, Double> values) {}

  Results {
    answers = List.copyOf(answers);
  }

  /** One value of each of the group's queries, in their order. */
  double[] values(Measure measure, Group group) {
    return answers.stream()
        .filter(answer -> group.has(answer.query()))
        .mapToDouble(answer -> answer.values().get(measure))
        .toArray();
  }

  /** Solr's QTime that so large a part of the queries does not exceed, in milliseconds. */
  double queryMillis(double part, Group group) {
    return Statistics.quantile(
        answers.stream()
            .filter(answer -> group.has(answer.query()))
            .mapToDouble(answer -> answer.ranking().queryMillis())
            .toArray(),
        part);
  }

  /** What the section crossEncoder says under a name, each once: mostly one value, or none. */
  String said(String name) {
    return answers.stream()
        .map(answer -> answer.ranking().crossEncoder().get(name))
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** A number of the section crossEncoder, over all queries. */
  long sum(String name) {
    return answers.stream().mapToLong(answer -> answer.ranking().count(name)).sum();
  }
}
