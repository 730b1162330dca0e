// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.Test;

/** The commands evaluate and notebook, with a real Solr and the bundled model and films. */
public final class EvaluateCommandTest extends EvaluateTestCase {

  /** The cells of the row with this first cell, in the n-th group. */
  private List<String> row(String name, int group) {
    String row =
        out.toString()
            .lines()
            .filter(line -> line.startsWith("  " + name + "  "))
            .skip(group)
            .findFirst()
            .orElseThrow(() -> new AssertionError(out.toString()));
    return List.of(row.substring(name.length() + 2).strip().split("\\s{2,}"));
  }

  @Test
  public void comparesTheFirstPassWithEachModelDepthAndBlend() throws IOException {
    assertEquals(
        0,
        evaluate(
            JUDGMENTS,
            "--models=tmdb-starter,ms-marco-MiniLM-L6-v2",
            "--depths=5,50",
            "--blend=default",
            "--blend=ce + score"));
    row("first pass", 0);
    for (String model : List.of("tmdb-starter", "ms-marco-MiniLM-L6-v2")) {
      for (int depth : new int[] {5, 50}) {
        String name = "reranked · " + depth + " · " + model;
        assertEquals(13, row(name, 0).size());
        assertEquals(13, row(name + " · ce + score", 0).size());
      }
    }
    assertEquals("", err.toString());
    assertFalse(out.toString(), out.toString().contains("not reranked as asked"));
  }

  @Test
  public void theFirstPassIsThatOfSelect() throws IOException {
    assertEquals(0, evaluate("query,docid,rating\nplatoon,792,1\n"));
    assertEquals("1.000", row("first pass", 0).get(0));
  }

  @Test
  public void judgedCandidatesAreAllRankedWhetherTheyMatchOrNot() throws IOException {
    assertEquals(
        0, evaluate(JUDGMENTS, "--candidates=judged", "--groups=titles=1-65,topics=66-99"));
    assertEquals("1.000", row("reranked", 1).get(0));
    assertTrue(
        out.toString(),
        out.toString()
            .contains("note: 1 of 17 judged documents are not in the index, 1 of them relevant"));
    assertTrue(out.toString(), out.toString().contains("topics (1 query)"));
  }

  @Test
  public void aGroupWithoutQueriesIsSaid() throws IOException {
    assertEquals(0, evaluate(JUDGMENTS, "--groups=titles=1-65,people=200-300"));
    assertTrue(out.toString(), out.toString().contains("note: the group people matches no query"));
    assertFalse(out.toString(), out.toString().contains("the group titles"));
  }

  @Test
  public void aMissingDocumentCountsAsNotFoundIfItIsKept() throws IOException {
    assertEquals(0, evaluate(JUDGMENTS, "--candidates=judged", "--keep-missing", "--groups=a=1"));
    double ndcg = Double.parseDouble(row("reranked", 1).get(0));
    assertTrue("" + ndcg, ndcg < 1 && ndcg > 0.8);
  }

  @Test
  public void equalScoresCountAgainstTheRanking() throws IOException {
    assertEquals(0, evaluate(JUDGMENTS, "--candidates=judged", "--blend=0*ce", "--groups=a=1"));
    // The first ten are not relevant.
    assertEquals("0.000", row("reranked · 0*ce", 1).get(0));
  }

  @Test
  public void anotherParameterMayHaveTheText() throws IOException {
    for (String candidates : List.of("search", "judged")) {
      assertEquals(
          0,
          evaluate(
              "query,docid,rating\nplatoon,792,1\nplatoon,28,0\n",
              "--candidates=" + candidates,
              "--text-param=words",
              "--def-type=lucene",
              "--param=q={!edismax qf=title v=$words}"));
      assertEquals("1.000", row("first pass", 0).get(0));
    }
  }

  @Test
  public void aReportHasPageTablesRunsAndQrels() throws IOException {
    Path report = folder.getRoot().toPath().resolve("a/report");
    assertEquals(0, evaluate(JUDGMENTS, "--depths=5,50", "--report=" + report));
    try (Stream<Path> files = Files.list(report)) {
      assertEquals(
          List.of(
              "00-first-pass.run",
              "01-reranked-5.run",
              "02-reranked-50.run",
              "judgments.qrels",
              "queries.csv",
              "report.html",
              "summary.csv"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    String page = Files.readString(report.resolve("report.html"));
    assertTrue(page.contains("<svg"));
    assertTrue(page.contains(OtherServer.COMMAND.isEmpty() ? "9.10.1" : "10.0.0"));
    assertTrue(page.contains("by tmdb-starter"));
    assertTrue(page.contains("onnx/model.onnx, fingerprint "));
    assertTrue(page.contains("SHA-256"));
    assertTrue(page.contains("scripts/evaluate.sh --solr http://127.0.0.1:"));
    assertEquals(16, Files.readAllLines(report.resolve("judgments.qrels")).size());
  }

  @Test
  public void severalRequestsAtATimeGiveTheSameNumbers() throws IOException {
    assertEquals(0, evaluate(JUDGMENTS));
    List<String> alone = row("reranked · 50", 0).subList(0, 10);
    out.getBuffer().setLength(0);
    assertEquals(0, evaluate(JUDGMENTS, "--concurrency=4"));
    assertEquals(alone, row("reranked · 50", 0).subList(0, 10));
  }

  @Test
  public void theNotebooksTableOfAnotherModelIsNotCompared() {
    assertEquals(0, run("notebook", "--solr", SOLR.target().url()));
    assertTrue(
        out.toString(),
        out.toString().contains("41 of 41 films are in the index, model tmdb-starter"));
    assertTrue(out.toString(), out.toString().contains("from another model"));
    assertTrue(
        out.toString(),
        out.toString().lines().skip(1).findFirst().orElse("").startsWith("The Deer Hunter  "));
  }

  @Test
  public void theNotebooksTableSaysWhereItIsNotTheBooks() {
    assertEquals(
        1, run("notebook", "--solr", SOLR.target().url(), "--model", "ms-marco-MiniLM-L6-v2"));
    assertTrue(out.toString(), out.toString().contains("MISMATCH with the scores of the book"));
    assertTrue(out.toString(), out.toString().toLowerCase(Locale.ROOT).contains("apocalypse now"));
  }
}
