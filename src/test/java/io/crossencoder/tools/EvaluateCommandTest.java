// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.impl.Http2SolrClient;
import org.apache.solr.client.solrj.request.CoreAdminRequest;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import picocli.CommandLine;

/** evaluate and notebook as they are typed, with a real Solr and the bundled model and films. */
public final class EvaluateCommandTest {
  @ClassRule public static final FilmsSolr SOLR = new FilmsSolr();

  private static final String JUDGMENTS =
      """
      # qid:1: vietnam war*1
      # qid:70: space*1
      1 qid:1 # 28
      1 qid:1 # 600
      1 qid:1 # 792
      1 qid:1 # 11778
      0 qid:1 # 346
      0 qid:1 # 8271
      0 qid:1 # 9741
      0 qid:1 # 4806
      0 qid:1 # 10127
      0 qid:1 # 16996
      0 qid:1 # 10961
      0 qid:1 # 10122
      0 qid:1 # 1649
      0 qid:1 # 11674
      1 qid:1 # 99999999
      1 qid:70 # 11
      0 qid:70 # 28
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeClass
  public static void indexTheFilms() throws Exception {
    new TmdbIndexer(SOLR.target(), 500).index(FilmsSolr.sample(), size -> Progress.NONE);
    // The starter under the name of the book's model, whose scores it cannot have.
    Path models = SOLR.home().resolve("models");
    FileUtils.copyDirectory(
        models.resolve("tmdb-starter").toFile(), models.resolve("ms-marco-MiniLM-L6-v2").toFile());
    try (SolrClient client = new Http2SolrClient.Builder(SOLR.target().url()).build()) {
      CoreAdminRequest.reloadCore(SOLR.target().collection(), client);
    }
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int evaluate(String judgments, String... arguments) throws IOException {
    Path file = Files.writeString(folder.newFile().toPath(), judgments);
    List<String> all =
        new ArrayList<>(
            List.of("evaluate", "--solr", SOLR.target().url(), "--judgments", file.toString()));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  /** Cells of the table's row that begins so, in the n-th of the groups. */
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
        assertEquals(11, row(name, 0).size());
        assertEquals(11, row(name + " · ce + score", 0).size());
      }
    }
    assertEquals("", err.toString());
    assertFalse(out.toString(), out.toString().contains("WARNING"));
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
    assertTrue(out.toString(), out.toString().contains("note: the group people has no query"));
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
    // Ten that are not relevant come first.
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
    assertTrue(page.contains("9.10.1"));
    assertTrue(page.contains("by tmdb-starter"));
    assertTrue(page.contains("onnx/model.onnx, fingerprint "));
    assertTrue(page.contains("SHA-256"));
    assertTrue(page.contains("scripts/evaluate.sh --solr http://127.0.0.1:"));
    assertEquals(16, Files.readAllLines(report.resolve("judgments.qrels")).size());
  }

  @Test
  public void anIncompleteRerankIsSaidLoudly() throws IOException {
    assertEquals(0, evaluate("query,docid,rating\n*:*,28,1\n"));
    assertTrue(
        out.toString(), out.toString().contains("WARNING: reranked · 50: 1 answers are skipped"));
  }

  @Test
  public void badLinesAreNamedAndEndIt() throws IOException {
    assertEquals(1, evaluate(JUDGMENTS + "nonsense\n1 qid:1\n"));
    assertTrue(err.toString(), err.toString().contains(": line 20: not like '1 qid:7 # 603'"));
    assertTrue(err.toString(), err.toString().contains(": line 21: no document id"));
    assertTrue(err.toString(), err.toString().contains("error: 2 problems in "));
  }

  @Test
  public void badLinesAreNamedAndSkippedIfOneAsksForIt() throws IOException {
    assertEquals(0, evaluate(JUDGMENTS + "nonsense\n", "--skip-bad"));
    assertTrue(err.toString(), err.toString().contains(": line 20: "));
  }

  @Test
  public void badUsageSaysWhatIsAllowed() throws IOException {
    for (String bad :
        List.of(
            "--at=0",
            "--depths=0",
            "--concurrency=0",
            "--groups=titles",
            "--param=fq",
            "--candidates=all",
            "--gain=none")) {
      assertEquals(bad, 2, evaluate(JUDGMENTS, bad));
    }
    assertEquals(2, evaluate(JUDGMENTS, "--candidates=judged", "--depths=10"));
    assertTrue(err.toString(), err.toString().contains("--depths means nothing with"));
  }

  @Test
  public void whatSolrRefusesIsSaidWithTheQuery() throws IOException {
    assertEquals(1, evaluate(JUDGMENTS, "--models=nobody"));
    assertEquals(
        err.toString(),
        "error: query 1: crossencoder: model='nobody'",
        err.toString().substring(0, Math.min(44, err.toString().length())));
  }

  @Test
  public void aReportThatCannotBeWrittenIsSaidBeforeSolrIsAsked() throws IOException {
    String file = folder.newFile().toString();
    assertEquals(1, evaluate(JUDGMENTS, "--report=" + file, "--models=nobody"));
    assertEquals("error: the file exists already: " + file + "\n", err.toString());
  }

  @Test
  public void anIndexWithoutTheDocumentsIsNotMeasured() throws IOException {
    assertEquals(1, evaluate("query,docid,rating\nplatoon,nobody,1\n"));
    assertTrue(
        err.toString(),
        err.toString().startsWith("error: the index has none of the judged documents"));
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
    assertTrue(out.toString(), out.toString().contains("those of another model"));
    assertTrue(
        out.toString(),
        out.toString().lines().skip(1).findFirst().orElse("").startsWith("The Deer Hunter  "));
  }

  @Test
  public void theNotebooksTableSaysWhereItIsNotTheBooks() {
    assertEquals(
        1, run("notebook", "--solr", SOLR.target().url(), "--model", "ms-marco-MiniLM-L6-v2"));
    assertTrue(out.toString(), out.toString().contains("MISMATCH with the book's scores"));
    assertTrue(out.toString(), out.toString().toLowerCase(Locale.ROOT).contains("apocalypse now"));
  }
}
