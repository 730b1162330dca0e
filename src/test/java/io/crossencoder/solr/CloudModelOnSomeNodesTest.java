// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.metrics.FailureLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.util.LogListener;
import org.junit.BeforeClass;
import org.junit.Test;

/** 3 nodes, of which the last lacks a model; 3 shards with 2 replicas, and one with 3. */
public class CloudModelOnSomeNodesTest extends CloudTestCase {

  private static final String SMALL = "small";
  private static final int WITHOUT = 2;
  private static final String[] TOLERANT = {"false", "true"};

  @BeforeClass
  public static void index() throws Exception {
    JettySolrRunner third = cluster.startJettySolrRunner();
    TestModels.copy(TestModels.STARTER, models(WITHOUT));
    for (int node = 0; node < WITHOUT; node++) {
      Path copy = TestModels.copy(TestModels.STARTER, models(node).resolve(".new"));
      Files.move(copy, models(node).resolve("some"));
    }
    assertEquals(third, cluster.getJettySolrRunner(WITHOUT));
    collection(FILMS, 3, 2, "ExactStatsCache", films());
    collection(SMALL, 1, 3, "ExactStatsCache", films().subList(0, 100));
  }

  private static Path models(int node) {
    return Path.of(cluster.getJettySolrRunner(node).getSolrHome()).resolve("models");
  }

  private static String replicasOf(int... nodes) {
    List<String> preferences = new ArrayList<>();
    for (int node : nodes) {
      preferences.add("replica.location:" + cluster.getJettySolrRunner(node).getBaseUrl());
    }
    return String.join(",", preferences);
  }

  /** Sends a request to a node, which uses the replicas of other nodes. */
  private static QueryResponse ask(int node, String collection, String... params) throws Exception {
    try (SolrClient client = cluster.getJettySolrRunner(node).newClient()) {
      return client.query(collection, params(params));
    }
  }

  private static String some(String scope) {
    return ask(scope).replace("{!crossencoder ", "{!crossencoder model=some ");
  }

  private static void assertNamesNodeAndModel(String message) {
    String node = cluster.getJettySolrRunner(WITHOUT).getNodeName();
    String expected = "node " + node + " has no model 'some'; installed: tmdb-starter";
    assertTrue(message, message.contains(expected));
  }

  private static void assertFailed(QueryResponse page) {
    assertEquals("failed", section(page).get("outcome"));
    assertNamesNodeAndModel((String) section(page).get("error"));
  }

  @Test
  public void shardsOfThatNodeAreBelowTheRerankedHitsOfTheOthers() throws Exception {
    for (int node = 0; node < 3; node++) {
      for (String tolerant : TOLERANT) {
        String[] request = {"q", Q, "rq", some("shard"), "rows", "40", "shards.tolerant", tolerant};
        String there = replicasOf(WITHOUT);
        QueryResponse page =
            ask(node, FILMS, FilmsTestCase.with(request, "shards.preference", there));
        assertFailed(page);
        assertEquals(3, number(page, "shards"));
        assertNull(section(page).get("shardsMissing"));
        // Two of the three shards have a replica on that node.
        assertEquals(15, number(page, "scored"));
        assertScoresFall(page);
        List<SolrDocument> hits = page.getResults();
        assertEquals(40, hits.size());
        assertTrue(FilmsTestCase.score(hits.get(14)) >= TailScores.FLOOR);
        assertTrue(FilmsTestCase.score(hits.get(15)) < TailScores.FLOOR);
      }
    }
  }

  @Test
  public void replicasOfTheOtherNodesMakeAPageThatIsComplete() throws Exception {
    for (int node = 0; node < 3; node++) {
      String[] request = {"q", Q, "rq", some("shard"), "shards.preference", replicasOf(0, 1)};
      QueryResponse page = ask(node, FILMS, request);
      assertEquals("complete", section(page).get("outcome"));
      assertEquals(45, number(page, "scored"));
    }
  }

  @Test
  public void inGlobalScopeOnlyTheCoordinatorNeedsTheModel() throws Exception {
    String sort = "score desc,id asc";
    for (String tolerant : TOLERANT) {
      for (int node = 0; node < 3; node++) {
        String[] plain = {"q", Q, "sort", sort, "shards.preference", replicasOf(WITHOUT)};
        String[] request =
            FilmsTestCase.with(plain, "rq", some("global"), "shards.tolerant", tolerant);
        QueryResponse page = ask(node, FILMS, request);
        if (node == WITHOUT) {
          assertFailed(page);
          assertEquals(ids(ask(node, FILMS, plain)), ids(page));
        } else {
          assertEquals("complete", section(page).get("outcome"));
          assertEquals(15, number(page, "scored"));
        }
      }
    }
  }

  @Test
  public void inACollectionWithOneShardTheNodeReturnsItsFirstPass() throws Exception {
    for (String scope : SCOPES) {
      String[] plain = {"q", Q, "rows", "20"};
      QueryResponse page = ask(WITHOUT, SMALL, FilmsTestCase.with(plain, "rq", some(scope)));
      assertFailed(page);
      assertEquals(ids(ask(WITHOUT, SMALL, plain)), ids(page));
      page = ask(0, SMALL, FilmsTestCase.with(plain, "rq", some(scope)));
      assertEquals("complete", section(page).get("outcome"));
      String error = some(scope).replace("{!crossencoder ", "{!crossencoder onFailure=error ");
      for (String rq : List.of(error, "{!crossencoder model=nope reRankScope=" + scope + "}")) {
        SolrException e =
            expectThrows(SolrException.class, () -> ask(WITHOUT, SMALL, "q", Q, "rq", rq));
        assertEquals(e.getMessage(), 400, e.code());
        assertTrue(e.getMessage(), e.getMessage().contains("model"));
      }
    }
  }

  @Test
  public void documentsOfThatNodeHaveNoLogitOfATransformerOfItsOwn() throws Exception {
    String[] request = {
      "q", Q, "rows", "30", "fl", "id,c:[crossencoder query=$q model=some]",
    };
    int without = 0;
    QueryResponse page =
        ask(0, FILMS, FilmsTestCase.with(request, "shards.preference", replicasOf(WITHOUT)));
    assertEquals(30, page.getResults().size());
    for (SolrDocument hit : page.getResults()) {
      NamedList<?> c = (NamedList<?>) hit.get("c");
      assertEquals(c.toString(), c.get("logit") == null ? "failed" : null, c.get("outcome"));
      without += c.get("logit") == null ? 1 : 0;
    }
    assertTrue("" + without, without > 0 && without < 30);
    // The node that parses the request must have the model.
    SolrException e = expectThrows(SolrException.class, () -> ask(WITHOUT, FILMS, request));
    assertEquals(e.getMessage(), 400, e.code());
    assertTrue(e.getMessage(), e.getMessage().contains("model='some'"));
  }

  @Test
  public void forTheFunctionSolrAsksAnotherReplica() throws Exception {
    String[] request = {
      "q", "prison", "fl", "id", "sort", "crossencoder($q,model=some) desc", "shortCircuit", "false"
    };
    String[] others = FilmsTestCase.with(request, "shards.preference", replicasOf(0, 1));
    List<Object> expected = ids(ask(0, SMALL, others));
    assertFalse(expected.isEmpty());
    String[] there = FilmsTestCase.with(request, "shards.preference", replicasOf(WITHOUT));
    assertEquals(expected, ids(ask(1, SMALL, there)));
    SolrException e = expectThrows(SolrException.class, () -> ask(WITHOUT, SMALL, request));
    assertEquals(e.getMessage(), 400, e.code());
  }

  @Test
  public void aNodeWithABrokenModelKeepsTheOneThatItHas() throws Exception {
    Path file;
    try (Stream<Path> files = Files.walk(models(1).resolve("some"))) {
      file = files.filter(each -> each.toString().endsWith(".onnx")).findFirst().orElseThrow();
    }
    Path whole = Files.move(file, file.resolveSibling("whole"));
    Files.writeString(file, "no model");
    HttpSolr.Answer reload = HttpSolr.of(cluster.getJettySolrRunner(0)).reload(FILMS);
    String node = cluster.getJettySolrRunner(1).getNodeName();
    assertTrue(reload.toString(), reload.json().getAsJsonObject("failure").has(node));
    for (String scope : SCOPES) {
      QueryResponse page =
          ask(1, FILMS, "q", Q, "rq", some(scope), "shards.preference", replicasOf(1, 0));
      assertEquals("complete", section(page).get("outcome"));
      assertNull(section(page).get("modelsDiffer"));
    }
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    assertFalse(HttpSolr.of(cluster.getJettySolrRunner(0)).reload(FILMS).json().has("failure"));
  }

  @Test
  public void theLogHasOneWarningAMinute() throws Exception {
    long start = System.nanoTime();
    try (LogListener log = LogListener.warn(FailureLog.class)) {
      for (int i = 0; i < 10; i++) {
        assertFailed(ask(WITHOUT, SMALL, "q", Q, "rq", some("shard")));
      }
      long minutes = (System.nanoTime() - start) / 60_000_000_000L;
      assertTrue(log.getCount() + " warnings", log.getCount() <= 1 + minutes);
      for (String line = log.pollMessage(); line != null; line = log.pollMessage()) {
        assertNamesNodeAndModel(line);
      }
    }
  }
}
