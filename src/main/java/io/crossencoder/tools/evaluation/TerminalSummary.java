// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation as a table on a terminal. */
final class TerminalSummary {
  private final Evaluation evaluation;
  private final long seed;

  TerminalSummary(Evaluation evaluation, long seed) {
    this.evaluation = evaluation;
    this.seed = seed;
  }

  String render() {
    TextTable table = new TextTable();
    table.row(header());
    for (Group group : evaluation.groups()) {
      int queries = evaluation.firstPass().values(Measure.NDCG, group).length;
      table.row(List.of(group.name() + " (" + queries + (queries == 1 ? " query)" : " queries)")));
      for (Results results : evaluation.results()) {
        table.row(row(results, group));
      }
    }
    return table.render();
  }

  private List<String> header() {
    int k = evaluation.metrics().k();
    List<String> cells = new ArrayList<>();
    cells.add("");
    cells.add(Measure.NDCG.label(k));
    cells.add("[95 %]");
    cells.add("to first pass");
    cells.add("[95 %]");
    cells.add("p");
    cells.add("won/lost");
    for (Measure measure : Measure.values()) {
      if (measure != Measure.NDCG) {
        cells.add(measure.label(k));
      }
    }
    cells.add("ms p50/p95");
    return cells;
  }

  private List<String> row(Results results, Group group) {
    boolean isFirstPass = results.configuration().rerank().isEmpty();
    Comparison ndcg = compare(results, Measure.NDCG, group);
    List<String> cells = new ArrayList<>();
    cells.add("  " + results.configuration().name());
    cells.add(Numbers.three(ndcg.mean()));
    cells.add(ndcg.interval().toString());
    cells.add(isFirstPass ? "" : Numbers.signed(ndcg.difference()));
    cells.add(isFirstPass ? "" : ndcg.differenceInterval().signed());
    cells.add(isFirstPass ? "" : Numbers.probability(ndcg.p()));
    cells.add(isFirstPass ? "" : ndcg.wins() + "/" + ndcg.losses());
    for (Measure measure : Measure.values()) {
      if (measure != Measure.NDCG) {
        cells.add(Numbers.three(Statistics.mean(results.values(measure, group))));
      }
    }
    cells.add(
        String.format(
            Locale.ROOT,
            "%.0f/%.0f",
            Statistics.quantile(results.queryMillis(), 0.5),
            Statistics.quantile(results.queryMillis(), 0.95)));
    return cells;
  }

  private Comparison compare(Results results, Measure measure, Group group) {
    return Comparison.of(results, evaluation.firstPass(), measure, group, seed);
  }
}
