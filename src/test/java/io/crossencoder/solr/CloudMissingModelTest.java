// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.BeforeClass;
import org.junit.Test;

/** Two nodes of which only the first has a model, and which have different files of another. */
public class CloudMissingModelTest extends CloudTestCase {

  private static final String SOME = "model=some ";
  private static final String MIXED = "model=mixed ";

  @BeforeClass
  public static void index() throws Exception {
    install(0, "some");
    TestModels.negate(install(0, "mixed"));
    install(1, "mixed");
    collection(FILMS, 2, 2, "ExactStatsCache", films());
  }

  private static Path install(int node, String name) throws Exception {
    Path models = Path.of(cluster.getJettySolrRunner(node).getSolrHome()).resolve("models");
    Path copy = TestModels.copy(TestModels.STARTER, models.resolve(".new"));
    return Files.move(copy, models.resolve(name));
  }

  private static String name(int node) {
    return cluster.getJettySolrRunner(node).getNodeName();
  }

  /** Sends a request to a node, with a preference for the replicas of another node or its own. */
  private static QueryResponse ask(int coordinator, int shards, String rq, String... more)
      throws Exception {
    JettySolrRunner there = cluster.getJettySolrRunner(shards);
    String[] request = {
      "q",
      Q,
      "rq",
      rq,
      "rows",
      "30",
      "sort",
      "score desc,id asc",
      "shards.preference",
      "replica.location:" + there.getBaseUrl()
    };
    try (SolrClient client = cluster.getJettySolrRunner(coordinator).newClient()) {
      return client.query(FILMS, params(FilmsTestCase.with(request, more)));
    }
  }

  private static String rq(String scope, String more) {
    return ask(scope).replace("{!crossencoder ", "{!crossencoder " + more);
  }

  private static void assertFirstPass(QueryResponse page) throws Exception {
    assertEquals("failed", section(page).get("outcome"));
    String error = (String) section(page).get("error");
    assertTrue(error, error.contains("node " + name(1) + " has no model 'some'; installed: mixed"));
    String[] plain = {"q", Q, "rows", "30", "sort", "score desc,id asc"};
    assertEquals(ids(select(FILMS, plain)), ids(page));
  }

  @Test
  public void aShardWithoutTheModelAnswersWithItsFirstPass() throws Exception {
    for (int coordinator : new int[] {0, 1}) {
      assertFirstPass(ask(coordinator, 1, rq("shard", SOME)));
      QueryResponse page = ask(coordinator, 0, rq("shard", SOME));
      assertEquals("complete", section(page).get("outcome"));
      assertEquals(30, number(page, "scored"));
      assertScoresFall(page);
    }
  }

  @Test
  public void globalScopeNeedsTheModelOnTheCoordinatorAlone() throws Exception {
    String fl = "id,score,c:[crossencoder]";
    QueryResponse expected = ask(0, 0, rq("global", SOME), "fl", fl);
    for (String singlePass : List.of("false", "true")) {
      QueryResponse page =
          ask(0, 1, rq("global", SOME), "fl", fl, "distrib.singlePass", singlePass);
      assertEquals("complete", section(page).get("outcome"));
      assertNull(section(page).get("modelsDiffer"));
      assertEquals(ids(expected), ids(page));
      SolrDocument best = page.getResults().get(0);
      assertEquals(FilmsTestCase.score(best), ((NamedList<?>) best.get("c")).get("logit"));
    }
    assertFirstPass(ask(1, 0, rq("global", SOME)));
  }

  @Test
  public void aModelThatNoNodeHasIsRefused() {
    for (String scope : SCOPES) {
      for (String more : List.of("model=nope ", "model=nope onFailure=error ")) {
        for (int node : new int[] {0, 1}) {
          SolrException e =
              expectThrows(SolrException.class, () -> ask(node, 1 - node, rq(scope, more)));
          assertEquals(e.getMessage(), 400, e.code());
          assertTrue(e.getMessage(), e.getMessage().contains("nope"));
        }
      }
    }
  }

  @Test
  public void withOnFailureErrorAMissingModelIsRefused() {
    SolrException e =
        expectThrows(SolrException.class, () -> ask(0, 1, rq("shard", SOME + "onFailure=error ")));
    assertEquals(400, e.code());
    assertTrue(e.getMessage(), e.getMessage().contains("node " + name(1) + " has no model 'some'"));
  }

  @Test
  public void differentFilesOfAModelAreNamed() throws Exception {
    assertNull(section(ask(0, 0, rq("shard", MIXED))).get("modelsDiffer"));
    QueryResponse page = ask(0, 1, rq("global", MIXED));
    assertEquals("complete", section(page).get("outcome"));
    List<?> differ = (List<?>) section(page).get("modelsDiffer");
    assertEquals(2, differ.size());
    String all = differ.toString();
    assertTrue(all, all.contains(".onnx on " + name(0)) && all.contains(".onnx on " + name(1)));
  }
}
