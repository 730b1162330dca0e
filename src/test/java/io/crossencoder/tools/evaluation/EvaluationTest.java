// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.evaluation.Results.Answer;
import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.asking.Configuration.Rerank;
import io.crossencoder.tools.evaluation.asking.Ranking;
import io.crossencoder.tools.evaluation.asking.Ranking.Hit;
import io.crossencoder.tools.evaluation.judgments.IndexedJudgments;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.judgments.Judgments;
import io.crossencoder.tools.evaluation.measures.Metrics;
import io.crossencoder.tools.evaluation.measures.Metrics.Gain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Evaluation of given responses, without a Solr. */
public final class EvaluationTest {
  private static final Metrics METRICS = new Metrics(10, 1, Gain.LINEAR);
  private static final Configuration RERANKED =
      Configuration.of(new Rerank(Optional.empty(), Optional.of(50), Optional.of("<ce>")));
  private static final JudgedQuery QUERY =
      new JudgedQuery("7", "<script>alert('\u0007')</script>", Map.of("a", 1.0, "b", 0.0));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static Results results(
      Configuration configuration, Map<String, Object> section, String... ids) {
    List<Hit> hits = List.of(ids).stream().map(id -> new Hit(id, "<b>" + id, 1.5f)).toList();
    Ranking ranking = new Ranking(hits, 12, false, section);
    return new Results(
        configuration,
        List.of(new Answer(QUERY, ranking, METRICS.of(ranking.ids(), QUERY.grades()))));
  }

  private static Evaluation evaluation(Map<String, Object> section) {
    return new Evaluation(
        new Judgments(List.of(QUERY), List.of("a & b")),
        METRICS,
        List.of(Group.ALL),
        List.of(
            results(Configuration.FIRST_PASS, Map.of(), "a", "b"),
            results(RERANKED, section, "b", "a")));
  }

  @Test
  public void aRerankThatIsNotWholeIsAWarning() {
    assertEquals(List.of(), evaluation(Map.of("outcome", "complete")).warnings());
    assertEquals(
        List.of(
            "reranked · 50 · <ce>: 1 responses have the outcome partial and were not reranked as requested"),
        evaluation(Map.of("outcome", "partial")).warnings());
    assertEquals(
        List.of("reranked · 50 · <ce>: 1 responses do not contain a section crossEncoder"),
        evaluation(Map.of()).warnings());
  }

  @Test
  public void documentsOfTheSameScoreKeepTheirOrderInARun() throws IOException {
    Path run = folder.newFile().toPath();
    RunFiles.writeRun(results(RERANKED, Map.of(), "a", "z", "m"), run);
    List<String[]> rows = Files.readAllLines(run).stream().map(line -> line.split(" ")).toList();
    assertEquals(List.of("a", "z", "m"), rows.stream().map(row -> row[2]).toList());
    for (int i = 1; i < rows.size(); i++) {
      assertTrue(Float.parseFloat(rows.get(i)[4]) < Float.parseFloat(rows.get(i - 1)[4]));
    }
    assertEquals(6, rows.get(0).length);
  }

  @Test
  public void idsWithSpacesStayDifferentColumnsAndDifferentIds() throws IOException {
    Path qrels = folder.newFile().toPath();
    List<JudgedQuery> queries =
        List.of(
            new JudgedQuery("a b", "x", Map.of("1\t2%", 1.0)),
            new JudgedQuery("a_b", "y", Map.of("1_2", 0.5)));
    RunFiles.writeQrels(new Judgments(queries, List.of()), qrels);
    assertEquals(List.of("a%20b 0 1%092%25 1", "a_b 0 1_2 0.5"), Files.readAllLines(qrels));
  }

  @Test
  public void nothingOfTheDataIsMarkupInAReport() throws IOException {
    Evaluation evaluation = evaluation(Map.of("outcome", "partial"));
    RunInfo info = new RunInfo("today", "evaluate '<x>'", Map.of("Solr", "\"quoted\""));
    String page = HtmlReport.render(evaluation, Summary.of(evaluation, 42), info);
    assertFalse(page.contains("<script"));
    assertFalse(page.contains("<b>a"));
    assertFalse(page.contains("<ce>"));
    assertFalse(page.contains("<x>"));
    assertTrue(page.contains("&lt;script&gt;alert(&#39;?&#39;)"));
    assertTrue(page.contains("a &amp; b"));
  }

  @Test
  public void aReportNeedsNothingFromElsewhere() throws IOException {
    Evaluation evaluation = evaluation(Map.of());
    RunInfo info = new RunInfo("today", "", Map.of());
    String page = HtmlReport.render(evaluation, Summary.of(evaluation, 42), info);
    for (String outside : List.of("src=", "href=", "url(", "@import", "http")) {
      assertFalse(outside, page.contains(outside));
    }
  }

  @Test
  public void aTableThatIsTooWideBecomesTwo() {
    Evaluation evaluation = evaluation(Map.of());
    Summary summary = Summary.of(evaluation, 42);
    List<String> one = TerminalSummary.render(evaluation, summary, 200).lines().toList();
    List<String> two = TerminalSummary.render(evaluation, summary, 120).lines().toList();
    assertEquals(4, one.size());
    assertEquals(9, two.size());
    assertTrue(two.stream().allMatch(line -> line.length() <= 120));
    assertEquals(2, two.stream().filter(line -> line.startsWith("  first pass")).count());
  }

  @Test
  public void escapingLeavesNoHalfCharacters() {
    assertEquals("?&lt;?🎬", Html.escape("\u0000<\uD83C🎬"));
  }

  @Test
  public void groupsAreIdsAndRanges() {
    List<Group> groups = Group.parse("titles=1-65,topics=66-105+q7");
    assertEquals(List.of("titles", "topics"), groups.stream().map(Group::name).toList());
    assertTrue(groups.get(1).has(query("66")));
    assertTrue(groups.get(1).has(query("q7")));
    assertFalse(groups.get(1).has(query("65")));
    assertFalse(groups.get(0).has(query("q7")));
    for (String bad : List.of("", "titles", "=1-2", "titles=")) {
      assertThrows(bad, IllegalArgumentException.class, () -> Group.parse(bad));
    }
  }

  private static JudgedQuery query(String id) {
    return new JudgedQuery(id, "text", Map.of());
  }

  @Test
  public void documentsThatAreNotIndexedAreLeftOutAndCounted() {
    Judgments judgments =
        IndexedJudgments.of(
            new Judgments(
                List.of(QUERY, new JudgedQuery("8", "gone", Map.of("c", 1.0))), List.of()),
            query -> Set.of("a"),
            1);
    assertEquals(
        List.of(new JudgedQuery("7", QUERY.text(), Map.of("a", 1.0))), judgments.queries());
    assertEquals(
        List.of(
            "2 of 3 judged documents are not in the index, 1 of them relevant; ignoring them",
            "1 queries have no judged document in the index; ignoring them"),
        judgments.remarks());
  }

  @Test
  public void thePublishedScoresAreThoseOfTheBook() throws IOException {
    Map<String, PublishedScores.Film> films = PublishedScores.read();
    assertEquals(41, films.size());
    assertEquals(new PublishedScores.Film("Apocalypse Now", 1, 3.10594), films.get("28"));
    assertEquals(4, films.values().stream().filter(film -> film.grade() == 1).count());
    assertTrue(PublishedScores.areOf("cross-encoder/ms-marco-MiniLM-L-6-v2"));
    assertFalse(PublishedScores.areOf("ms-marco-MiniLM-L12-v2"));
  }

  @Test
  public void scoresOfTheBookAreTheSameToAThousandth() throws IOException {
    Map<String, PublishedScores.Film> films = PublishedScores.read();
    assertEquals(
        "The scores are equal to those of the book: the largest difference is 0.0005",
        compared(films, 0.0005f));
    assertEquals(
        "MISMATCH with the scores of the book: the largest difference is 0.0015",
        compared(films, 0.0015f));
  }

  private static String compared(Map<String, PublishedScores.Film> films, float off) {
    List<Hit> hits =
        films.entrySet().stream()
            .map(film -> new Hit(film.getKey(), "", (float) film.getValue().score() + off))
            .toList();
    StringWriter out = new StringWriter();
    int code =
        NotebookCommand.compare(
            new Ranking(hits, 0, false, Map.of()), films, new PrintWriter(out, true));
    String line = out.toString();
    assertEquals(line.startsWith("The scores") ? 0 : 1, code);
    return line.substring(0, line.indexOf("0.00") + 6);
  }
}
