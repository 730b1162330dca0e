// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.judgments.Judgments;
import io.crossencoder.tools.evaluation.measures.Measure;
import io.crossencoder.tools.evaluation.measures.Metrics;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The results of an evaluation.
 *
 * @param results results per configuration, the first pass first
 * @param groups groups of queries; the first one contains all queries
 */
record Evaluation(Judgments judgments, Metrics metrics, List<Group> groups, List<Results> results) {

  /** Outcomes of requests that were reranked as requested. */
  private static final Set<String> WHOLE = Set.of("complete", "queryResultCache");

  /** Below this share, unjudged documents determine the result. */
  private static final double ENOUGH_JUDGED = 0.5;

  Results firstPass() {
    return results.get(0);
  }

  /** Reasons why the numbers of a configuration can be wrong; usually none. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Results each : results) {
      long partial = each.answers().stream().filter(answer -> answer.ranking().partial()).count();
      if (partial > 0) {
        warnings.add(each.configuration().name() + ": " + partial + " first passes are partial");
      }
      if (each.configuration().rerank().isPresent()) {
        TreeMap<String, Integer> outcomes = new TreeMap<>();
        each.answers()
            .forEach(answer -> outcomes.merge(answer.ranking().outcome(), 1, Integer::sum));
        outcomes.keySet().removeAll(WHOLE);
        outcomes.forEach(
            (outcome, count) ->
                warnings.add(
                    each.configuration().name()
                        + ": "
                        + count
                        + (outcome.isEmpty()
                            ? " responses do not contain a section crossEncoder"
                            : " responses have the outcome "
                                + outcome
                                + " and were not reranked as requested")));
      }
    }
    groups.forEach(group -> unjudged(group).ifPresent(warnings::add));
    return warnings;
  }

  /** A warning if too few documents of a group's rankings are judged to compare them. */
  private Optional<String> unjudged(Group group) {
    DoubleSummaryStatistics judged =
        results.stream()
            .map(each -> each.values(Measure.JUDGED, group))
            .filter(values -> values.length > 0)
            .mapToDouble(Statistics::mean)
            .summaryStatistics();
    if (judged.getCount() == 0 || judged.getMin() >= ENOUGH_JUDGED) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: of the first %d documents only %.0f to %.0f %% are judged, and nDCG counts the others as"
                + " not relevant. This is too little to compare rankings; --pool FILE writes the documents to judge",
            group.name(),
            metrics.k(),
            100 * judged.getMin(),
            100 * judged.getMax()));
  }
}
