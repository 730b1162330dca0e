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
 * All that was measured.
 *
 * @param results of each configuration; the first is that of the first pass
 * @param groups of queries, the first is all of them
 */
record Evaluation(Judgments judgments, Metrics metrics, List<Group> groups, List<Results> results) {

  /** Outcomes of a rerank that was done as it was asked for. */
  private static final Set<String> WHOLE = Set.of("complete", "queryResultCache");

  /** Below it, what nobody judged decides. */
  private static final double ENOUGH_JUDGED = 0.5;

  Results firstPass() {
    return results.get(0);
  }

  /** What makes the numbers of a configuration others than they should be; mostly nothing. */
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

  /** That too little of a group's rankings is judged to tell one from the other, if it is. */
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
            "%s: of the first %d only %.0f to %.0f %% are judged, and nDCG counts the others as wrong:"
                + " too little to tell rankings apart. --pool FILE writes what to judge",
            group.name(),
            metrics.k(),
            100 * judged.getMin(),
            100 * judged.getMax()));
  }
}
