// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.Numbers;
import io.crossencoder.tools.evaluation.Results.Answer;
import io.crossencoder.tools.evaluation.Summary.Row;
import io.crossencoder.tools.evaluation.asking.Ranking;
import io.crossencoder.tools.evaluation.measures.Measure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An evaluation as one HTML page without external files. */
final class HtmlReport {
  private static final int WORST = 5;

  private final Html html = new Html();
  private final Evaluation evaluation;
  private final Summary summary;
  private final int k;

  private HtmlReport(Evaluation evaluation, Summary summary) {
    this.evaluation = evaluation;
    this.summary = summary;
    k = evaluation.metrics().k();
  }

  static String render(Evaluation evaluation, Summary summary, RunInfo info) throws IOException {
    return new HtmlReport(evaluation, summary).page(info);
  }

  private String page(RunInfo info) throws IOException {
    html.leaf("h1", "Relevance, first pass and reranked");
    html.leaf(
        "p",
        evaluation.judgments().queries().size()
            + " queries, "
            + evaluation.judgments().size()
            + " judgments, "
            + info.date());
    for (String warning : evaluation.warnings()) {
      html.leaf("p", "Warning: " + warning, "class", "warning");
    }
    for (String remark : evaluation.judgments().remarks()) {
      html.leaf("p", "Note: " + remark, "class", "note");
    }
    for (Group group : evaluation.groups()) {
      group(group);
    }
    html.leaf(
        "p",
        "Means over queries with their 95 % confidence interval (bootstrap); below them the difference to the first"
            + " pass and its p value (randomization test, two-sided, not corrected for the number of comparisons)."
            + " An unjudged document counts as grade 0: see judged@"
            + k
            + ". Times are Solr's QTime, median and 95th percentile. Pairs from the score cache take no inference time.",
        "class",
        "note");
    DepthChart.draw(html, summary.of(Group.ALL), Measure.NDCG.label(k));
    html.leaf("h2", "Query by query");
    for (Results results : evaluation.results()) {
      if (results.configuration().rerank().isPresent()) {
        queries(results);
      }
    }
    settings(info);
    return template()
        .replace("{{title}}", "Relevance: first pass and reranked")
        .replace("{{body}}", html.toString());
  }

  private void group(Group group) {
    List<Row> rows = summary.of(group);
    html.leaf("h2", group.name() + ", " + rows.get(0).queries() + " queries");
    html.open("div", "class", "wide").open("table").open("tr").leaf("th", "");
    for (Measure measure : Measure.values()) {
      html.leaf("th", measure.label(k));
    }
    html.leaf("th", "won / lost").leaf("th", "ms p50 / p95").leaf("th", "cached").close();
    for (Row row : rows) {
      html.open("tr").leaf("th", row.results().configuration().name());
      row.comparisons().keySet().forEach(measure -> cell(row, measure));
      Comparison ndcg = row.of(Measure.NDCG);
      html.leaf("td", row.isFirstPass() ? "" : ndcg.wins() + " / " + ndcg.losses());
      html.leaf(
          "td", Numbers.whole(row.queryMillis(0.5)) + " / " + Numbers.whole(row.queryMillis(0.95)));
      html.leaf("td", cached(row.results())).close();
    }
    html.close().close();
  }

  private void cell(Row row, Measure measure) {
    Comparison comparison = row.of(measure);
    html.open("td").leaf("b", Numbers.three(comparison.mean()));
    html.leaf("small", comparison.interval().toString());
    // More or fewer judged documents are neither better nor worse.
    if (!row.isFirstPass() && measure != Measure.JUDGED) {
      boolean changed = comparison.wins() + comparison.losses() > 0;
      String sign = comparison.difference() > 0 ? "better" : "worse";
      html.open("small", "class", comparison.p() < 0.05 ? sign : "");
      html.text(
          changed
              ? Numbers.signed(comparison.difference())
                  + " "
                  + comparison.differenceInterval().signed()
              : "as the first pass");
      html.close();
      html.leaf("small", changed ? "p " + Numbers.probability(comparison.p()) : "");
    }
    html.close();
  }

  /** Latencies with cached scores do not include inference. */
  private static String cached(Results results) {
    long candidates = results.sum("candidates");
    return candidates == 0 ? "" : Numbers.whole(100.0 * results.sum("cached") / candidates) + " %";
  }

  private void queries(Results results) {
    List<Delta> deltas = Delta.of(evaluation.firstPass(), results);
    html.open("details", "open", "open");
    html.leaf("summary", results.configuration().name());
    DeltaChart.draw(html, deltas);
    List<Delta> lost = new ArrayList<>(deltas.stream().filter(delta -> delta.value() < 0).toList());
    Collections.reverse(lost);
    if (!lost.isEmpty()) {
      html.open("details").leaf("summary", "Worst losses");
      lost.stream().limit(WORST).forEach(this::sideBySide);
      html.close();
    }
    html.open("details").leaf("summary", "All queries");
    html.open("table").open("tr").leaf("th", "query").leaf("th", "text");
    html.leaf("th", "first pass").leaf("th", "reranked").leaf("th", "difference").close();
    for (Delta delta : deltas) {
      html.open("tr").leaf("td", delta.answer().query().id());
      html.leaf("th", delta.answer().query().text(), "dir", "auto");
      html.leaf("td", Numbers.three(delta.firstPass().values().get(Measure.NDCG)));
      html.leaf("td", Numbers.three(delta.answer().values().get(Measure.NDCG)));
      html.leaf("td", Numbers.signed(delta.value())).close();
    }
    html.close().close().close();
  }

  private void sideBySide(Delta delta) {
    html.leaf(
        "h3", delta.answer().query().text() + "  " + Numbers.signed(delta.value()), "dir", "auto");
    html.open("div", "class", "sides");
    hits("first pass", delta.firstPass());
    hits("reranked", delta.answer());
    html.close();
  }

  private void hits(String name, Answer answer) {
    html.open("div").leaf("h4", name + ", " + Numbers.three(answer.values().get(Measure.NDCG)));
    html.open("ol");
    for (Ranking.Hit hit : answer.ranking().hits().stream().limit(k).toList()) {
      Double grade = answer.query().grades().get(hit.id());
      boolean relevant = grade != null && grade >= evaluation.metrics().relevant();
      html.open("li", "class", grade == null ? "unjudged" : relevant ? "relevant" : "irrelevant");
      html.leaf("span", grade == null ? "?" : Numbers.shortest(grade), "class", "grade");
      html.leaf("span", hit.title().isEmpty() ? hit.id() : hit.title(), "dir", "auto");
      html.leaf("small", hit.id() + " · " + Numbers.three(hit.score()));
      html.close();
    }
    html.close().close();
  }

  private void settings(RunInfo info) {
    html.leaf("h2", "How to reproduce these numbers");
    html.leaf("pre", info.commandLine());
    html.open("table");
    for (Map.Entry<String, String> setting : info.settings().entrySet()) {
      html.open("tr").leaf("th", setting.getKey()).leaf("td", setting.getValue()).close();
    }
    html.close();
  }

  private static String template() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.html"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
