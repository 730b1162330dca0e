// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.apache.solr.client.solrj.request.CollectionAdminRequest.addReplicaToShard;
import static org.apache.solr.client.solrj.request.CollectionAdminRequest.deleteCollection;
import static org.apache.solr.client.solrj.request.CollectionAdminRequest.deleteReplicasFromShard;

import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.HttpSolr.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

/** Models are loaded and freed with the replicas of collections and the model store. */
public class CloudModelsTest extends CloudTestCase {

  private static final String STORE = "/" + FILMS + "/schema/cross-encoder-model-store";

  @BeforeClass
  public static void copyAnotherModel() throws Exception {
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      Path hidden = Path.of(node.getSolrHome()).resolve("models/.versions");
      TestModels.negate(TestModels.copy(TestModels.STARTER, hidden));
    }
  }

  @Before
  public void makeCollection() throws Exception {
    collection(FILMS, 2, 1, "LocalStatsCache", films());
  }

  @After
  public void deleteTheCollection() throws Exception {
    for (String name : List.of("negated", "a", "b")) {
      node(0).ask("DELETE", STORE + "/" + name, "");
    }
    deleteCollection(FILMS).process(cluster.getSolrClient());
    for (int i = 0; i < 2; i++) {
      assertEquals("node " + i, List.of(), node(i).registry().models());
    }
  }

  private static HttpSolr node(int number) {
    return HttpSolr.of(cluster.getJettySolrRunner(number));
  }

  private static Map<String, Float> scores(String model) throws Exception {
    var response =
        select(
            FILMS,
            "q",
            Q,
            "rows",
            "10",
            "rq",
            "{!crossencoder reRankDocs=20 cache=false model=" + model + " minScore=-100}");
    assertEquals("complete", section(response).get("outcome"));
    Map<String, Float> scores = new TreeMap<>();
    for (SolrDocument hit : response.getResults()) {
      scores.put((String) hit.get("id"), FilmsTestCase.score(hit));
    }
    assertEquals(10, scores.size());
    return scores;
  }

  private static Answer put(int node, String name, String path) {
    return node(node)
        .ask(
            "PUT",
            STORE,
            "{\"name\":\""
                + name
                + "\",\"class\":\"io.crossencoder.model.CrossEncoder\",\"params\":{\"path\":\""
                + path
                + "\"}}");
  }

  /** Exchanges the installed model and the hidden one, on both nodes. */
  private static void exchange() throws IOException {
    for (int i = 0; i < 2; i++) {
      Path models = node(i).home().resolve("models");
      Files.move(models.resolve("tmdb-starter"), models.resolve(".other"));
      Files.move(models.resolve(".versions/tmdb-starter"), models.resolve("tmdb-starter"));
      Files.move(models.resolve(".other"), models.resolve(".versions/tmdb-starter"));
    }
  }

  @Test
  public void aCollectionThatIsMadeAnewTakesInTheFilesThatAreThereThen() throws Exception {
    Map<String, Float> before = scores("tmdb-starter");
    exchange();
    assertEquals(before.keySet(), scores("tmdb-starter").keySet());
    deleteTheCollection();
    makeCollection();
    Map<String, Float> after = scores("tmdb-starter");
    assertNotEquals(before.keySet(), after.keySet());
    exchange();
    assertEquals(200, node(0).reload(FILMS).status());
    assertEquals(before.keySet(), scores("tmdb-starter").keySet());
  }

  @Test
  public void replicasThatComeAndGoBringAndTakeTheModel() throws Exception {
    collection("small", 1, 1, "LocalStatsCache", films());
    deleteCollection(FILMS).process(cluster.getSolrClient());
    long before = List.of(node(0), node(1)).stream().filter(CloudModelsTest::hasModel).count();
    assertEquals(1, before);
    addReplicaToShard("small", "shard1").process(cluster.getSolrClient());
    cluster.waitForActiveCollection("small", 1, 2);
    assertTrue(hasModel(node(0)) && hasModel(node(1)));
    deleteReplicasFromShard("small", "shard1", 1).process(cluster.getSolrClient());
    long after = List.of(node(0), node(1)).stream().filter(CloudModelsTest::hasModel).count();
    assertEquals(1, after);
    deleteCollection("small").process(cluster.getSolrClient());
    makeCollection();
  }

  private static boolean hasModel(HttpSolr node) {
    assertTrue(node.registry().models().size() < 2);
    return node.registry().models().size() == 1;
  }

  @Test
  public void reloadsOfACollectionLoseNoRequest() {
    try (Clients clients = Clients.start(4, node(0), () -> FILMS)) {
      for (int i = 0; i < 4; i++) {
        assertEquals(200, node(1).reload(FILMS).status());
      }
      assertEquals(List.of(), clients.stop());
    }
  }

  @Test
  public void aModelOfTheStoreReachesTheOtherNodeWithTheReloadAndStaysWithARestart()
      throws Exception {
    assertEquals(200, put(0, "negated", ".versions/tmdb-starter").status());
    Answer there = node(1).get(STORE);
    assertEquals(1, there.json().getAsJsonArray("models").size());
    assertEquals("[\"negated\"]", there.json().getAsJsonArray("awaitReload").toString());
    assertEquals(200, node(0).reload(FILMS).status());
    assertFalse(node(1).get(STORE).json().has("awaitReload"));
    Map<String, Float> negated = scores("negated");
    assertNotEquals(scores("tmdb-starter").keySet(), negated.keySet());
    JettySolrRunner node = cluster.getJettySolrRunner(1);
    node.stop();
    cluster.waitForJettyToStop(node);
    node.start();
    cluster.waitForAllNodes(30);
    cluster.waitForActiveCollection(FILMS, 2, 2);
    assertEquals(negated.keySet(), scores("negated").keySet());
  }

  @Test
  public void twoNodesThatAreAskedInTurnForgetNothing() {
    assertEquals(200, put(0, "a", "tmdb-starter").status());
    assertEquals(200, put(1, "b", "tmdb-starter").status());
    assertEquals(2, node(0).get(STORE).json().getAsJsonArray("models").size());
    assertEquals(200, node(1).ask("DELETE", STORE + "/a", "").status());
    assertEquals(1, node(0).get(STORE).json().getAsJsonArray("models").size());
  }

  @Test
  public void aNodeWithoutTheFilesSaysSoAndServesOnWithWhatItHas() throws Exception {
    Path only = node(0).home().resolve("models/.only");
    TestModels.copy(TestModels.STARTER, only);
    assertEquals(200, put(0, "a", ".only/tmdb-starter").status());
    Answer reload = node(0).reload(FILMS);
    Path missing = node(1).home().resolve("models/.only/tmdb-starter");
    String name = cluster.getJettySolrRunner(1).getNodeName();
    assertTrue(reload.toString(), reload.json().getAsJsonObject("failure").has(name));
    // Solr reports only the failure there; the reason is on the node.
    String status = node(1).get("/admin/cores?action=STATUS").json().get("initFailures").toString();
    assertTrue(status, status.contains("node " + name + ": " + missing + ": is not a directory"));
    assertEquals(10, scores("tmdb-starter").size());
    TestModels.copy(TestModels.STARTER, node(1).home().resolve("models/.only"));
    assertFalse(node(0).reload(FILMS).json().has("failure"));
    assertEquals(10, scores("a").size());
  }
}
