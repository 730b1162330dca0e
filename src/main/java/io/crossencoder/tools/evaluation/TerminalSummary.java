// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.Numbers;
import io.crossencoder.tools.common.TerminalText;
import io.crossencoder.tools.common.TextTable;
import io.crossencoder.tools.evaluation.Summary.Row;
import io.crossencoder.tools.evaluation.measures.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Formats an evaluation as a table for the terminal. */
final class TerminalSummary {
  /** Index of the first column after the columns of nDCG. */
  private static final int OTHERS = 7;

  private TerminalSummary() {}

  /**
   * One table, or two if one would be too wide.
   *
   * @param width in columns
   */
  static String render(Evaluation evaluation, Summary summary, int width) {
    String one = table(evaluation, summary, cells -> cells);
    if (one.lines().mapToInt(TerminalText::width).max().orElse(0) <= width) {
      return one;
    }
    return table(evaluation, summary, cells -> cells.subList(0, OTHERS))
        + "\n"
        + table(
            evaluation,
            summary,
            cells -> Stream.concat(cells.stream().limit(1), cells.stream().skip(OTHERS)).toList());
  }

  private static String table(
      Evaluation evaluation, Summary summary, UnaryOperator<List<String>> columns) {
    TextTable table = new TextTable();
    table.row(columns.apply(header(evaluation.metrics().k())));
    for (Group group : evaluation.groups()) {
      List<Row> rows = summary.of(group);
      int queries = rows.get(0).queries();
      table.row(List.of(group.name() + " (" + queries + (queries == 1 ? " query)" : " queries)")));
      rows.forEach(row -> table.row(columns.apply(cells(row))));
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
    cells.add(Numbers.whole(row.queryMillis(0.5)) + "/" + Numbers.whole(row.queryMillis(0.95)));
    return cells;
  }

  private static List<Measure> others() {
    return List.of(
        Measure.JUDGED,
        Measure.CONDENSED_NDCG,
        Measure.BPREF,
        Measure.MRR,
        Measure.PRECISION,
        Measure.RECALL);
  }
}
