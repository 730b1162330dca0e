// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** Errors of evaluate. */
public final class EvaluateRefusalsTest extends EvaluateTestCase {

  @Test
  public void anIncompleteRerankIsSaidLoudly() throws IOException {
    assertEquals(0, evaluate("query,docid,rating\n*:*,28,1\n"));
    assertTrue(
        out.toString(),
        out.toString().contains("WARNING: reranked · 50: 1 responses have the outcome skipped"));
  }

  @Test
  public void badLinesAreNamedAndEndIt() throws IOException {
    assertEquals(1, evaluate(JUDGMENTS + "nonsense\n1 qid:1\n"));
    assertTrue(
        err.toString(),
        err.toString().contains(": line 20: expected a line such as '1 qid:7 # 603'"));
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
            "--relevant=NaN",
            "--relevant=0",
            "--groups=a=1,a=2",
            "--groups=all=1",
            "--param=fq",
            "--param=rows=3",
            "--param=rq={!crossencoder}",
            "--rerank-param=reRankDocs=3",
            "--candidates=all",
            "--gain=none")) {
      assertEquals(bad, 2, evaluate(JUDGMENTS, bad));
    }
    assertEquals(2, evaluate(JUDGMENTS, "--candidates=judged", "--depths=10"));
    assertTrue(err.toString(), err.toString().contains("--depths has no effect with"));
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
    assertEquals("error: the file already exists: " + file + "\n", err.toString());
  }

  @Test
  public void gradesThatOverflowAreRefused() throws IOException {
    assertEquals(1, evaluate("query,docid,rating\nplatoon,792,5000\n", "--gain=exponential"));
    assertEquals("error: --gain exponential supports grades up to 100, not 5000\n", err.toString());
  }

  @Test
  public void aQueryThatIsSetTwiceIsRefused() throws IOException {
    assertEquals(1, evaluate(JUDGMENTS, "--param=q=war"));
    assertEquals(
        "error: --param q=… has no effect, because --text-param sets it\n", err.toString());
  }

  @Test
  public void aPoolDoesNotReplaceJudgments() throws IOException {
    Path judged = Files.writeString(folder.newFile().toPath(), JUDGMENTS);
    assertEquals(1, evaluate(JUDGMENTS, "--pool=" + judged));
    assertEquals(
        "error: " + judged + " contains ratings; set another --pool, or move the file away\n",
        err.toString());
    assertEquals(JUDGMENTS, Files.readString(judged));
    Path nowhere = folder.getRoot().toPath().resolve("nowhere");
    assertEquals(1, evaluate(JUDGMENTS, "--pool=" + nowhere.resolve("pool.csv")));
    assertTrue(err.toString(), err.toString().endsWith("no such file: " + nowhere + "\n"));
  }

  @Test
  public void queriesWithoutARelevantDocumentAreCounted() throws IOException {
    assertEquals(0, evaluate(JUDGMENTS, "--relevant=2"));
    assertTrue(
        out.toString(),
        out.toString().contains("note: 2 queries have no relevant document and lower all means"));
  }

  @Test
  public void anIndexWithoutTheDocumentsIsNotMeasured() throws IOException {
    assertEquals(1, evaluate("query,docid,rating\nplatoon,nobody,1\n"));
    assertTrue(
        err.toString(),
        err.toString().startsWith("error: the index contains none of the judged documents"));
  }
}
