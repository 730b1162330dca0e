// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.Summary.Row;
import java.util.ArrayList;
import java.util.List;

/** An evaluation as a table on a terminal. */
final class TerminalSummary {
  private TerminalSummary() {}

  static String render(Evaluation evaluation, Summary summary) {
    TextTable table = new TextTable();
    table.row(header(evaluation.metrics().k()));
    for (Group group : evaluation.groups()) {
      List<Row> rows = summary.of(group);
      int queries = rows.get(0).queries();
      table.row(List.of(group.name() + " (" + queries + (queries == 1 ? " query)" : " queries)")));
      rows.forEach(row -> table.row(cells(row)));
    }
    return table.render();
  }

  private static List<String> header(int k) {
    List<String> cells =
        new ArrayList<>(
            List.of("", Measure.NDCG.label(k), "95 %", "to first pass", "95 %", "p", "won/lost"));
    others().forEach(measure -> cells.add(measure.label(k)));
    cells.add("ms p50/p95");
    return cells;
  }

  private static List<String> cells(Row row) {
    Comparison ndcg = row.of(Measure.NDCG);
    List<String> cells = new ArrayList<>();
    cells.add("  " + row.results().configuration().name());
    cells.add(Numbers.three(ndcg.mean()));
    cells.add(ndcg.interval().toString());
    cells.addAll(
        row.isFirstPass()
            ? List.of("", "", "", "")
            : List.of(
                Numbers.signed(ndcg.difference()),
                ndcg.differenceInterval().signed(),
                Numbers.probability(ndcg.p()),
                ndcg.wins() + "/" + ndcg.losses()));
    others().forEach(measure -> cells.add(Numbers.three(row.of(measure).mean())));
    cells.add(
        Numbers.whole(row.results().queryMillis(0.5))
            + "/"
            + Numbers.whole(row.results().queryMillis(0.95)));
    return cells;
  }

  private static List<Measure> others() {
    return List.of(Measure.MRR, Measure.PRECISION, Measure.RECALL, Measure.JUDGED);
  }
}
