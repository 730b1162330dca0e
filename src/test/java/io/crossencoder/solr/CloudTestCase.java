// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.apache.solr.client.solrj.request.CollectionAdminRequest.createCollection;

import io.crossencoder.engine.HeldWorkers;
import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.models.NodeRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.SolrTestCaseJ4.SuppressSSL;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.impl.CloudSolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.cloud.SolrCloudTestCase;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/**
 * A cluster of 2 nodes with the shipped configset and the bundled model. The collection {@link
 * #FILMS} has 2 shards with 2 replicas; {@link #ONE_CORE} has the same documents in one core.
 */
@SuppressSSL
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public abstract class CloudTestCase extends SolrCloudTestCase {

  /** What has hits beyond every window on both shards. */
  static final String Q = "a war in a far country";

  static final List<String> SCOPES = List.of("shard", "global");

  private static final AtomicInteger asked = new AtomicInteger();

  static final String FILMS = "films";
  static final String ONE_CORE = "one";

  /** The same pair may get a logit that differs in the last bits, in a batch with other pairs. */
  static final float NOISE = 1e-4f;

  @BeforeClass
  public static void startCluster() throws Exception {
    // Of the default file system: native code knows no other.
    Path base = Path.of(createTempDir().toString());
    cluster =
        new MiniSolrCloudCluster.Builder(2, base)
            .addConfig("tmdb", CloudConfigset.under(Path.of(createTempDir().toString())))
            .configure();
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      TestModels.copy(TestModels.STARTER, Path.of(node.getSolrHome()).resolve("models"));
    }
  }

  @AfterClass
  public static void forgetTheHook() {
    ShardHook.step = ShardHook.NOTHING;
    ShardHook.fetch = ShardHook.NOTHING;
  }

  @After
  public void takeTheHookAway() {
    ShardHook.step = ShardHook.NOTHING;
    ShardHook.fetch = ShardHook.NOTHING;
  }

  /**
   * Makes a collection, with BM25 by the counts of the whole collection.
   *
   * <p>In one core and in each shard the documents stand in the same order, those of the first
   * shard first.
   */
  static void collection(
      String name, int shards, int replicas, String statsCache, List<SolrInputDocument> documents)
      throws Exception {
    createCollection(name, "tmdb", shards, replicas)
        .withProperty("solr.statsCache", "org.apache.solr.search.stats." + statsCache)
        .process(cluster.getSolrClient());
    cluster.waitForActiveCollection(name, shards, shards * replicas);
    add(name, documents);
  }

  static void add(String name, List<SolrInputDocument> documents) throws Exception {
    if (documents.isEmpty()) {
      return;
    }
    // Of its own: that of the cluster may still know a deleted collection of this name.
    try (CloudSolrClient client = cluster.basicSolrClientBuilder().build()) {
      // A copy, as the client of a collection with one shard may take the list for its own.
      client.add(name, new ArrayList<>(documents));
      client.commit(name);
    }
  }

  /** These documents in the order of the shards they belong to. */
  static List<SolrInputDocument> byShard(String collection, List<SolrInputDocument> documents) {
    DocCollection state = getCollectionState(collection);
    return documents.stream()
        .sorted(
            Comparator.comparing(
                document ->
                    state
                        .getRouter()
                        .getTargetSlice(
                            (String) document.getFieldValue("id"), null, null, null, state)
                        .getName()))
        .toList();
  }

  static List<SolrInputDocument> films() throws Exception {
    return FilmsTestCase.films();
  }

  /** No node scores a pair until what this gives is closed. */
  static HeldWorkers holdWorkers() {
    return HeldWorkers.of(
        cluster.getJettySolrRunners().stream()
            .map(node -> NodeRegistry.of(node.getCoreContainer()))
            .toList());
  }

  /** Asks a collection: pairs of parameter and value. */
  static QueryResponse select(String collection, String... params) throws Exception {
    return cluster.getSolrClient().query(collection, params(params));
  }

  /** A page of ten. */
  static QueryResponse page(String collection, String q, String rq, int page) throws Exception {
    return select(collection, "q", q, "rq", rq, "start", String.valueOf(page * 10), "rows", "10");
  }

  static void assertRefused(int code, String part, String... params) {
    // Of one node: the client of the cluster makes another exception of a 500.
    SolrException e =
        expectThrows(
            SolrException.class,
            () -> {
              try (SolrClient node = cluster.getJettySolrRunner(0).newClient()) {
                node.query(FILMS, params(params));
              }
            });
    assertEquals(e.getMessage(), code, e.code());
    assertTrue(e.getMessage(), e.getMessage().contains(part));
  }

  /**
   * Asks for a page while nothing is scored, and with twice as much time while there is too little
   * of it for Solr itself.
   */
  static void assertHitsWithinTimeAllowed(int milliseconds, String... request) throws Exception {
    try (HeldWorkers held = holdWorkers()) {
      for (int ms = milliseconds; ms < 100_000; ms *= 2) {
        QueryResponse page =
            select(FILMS, FilmsTestCase.with(request, "timeAllowed", String.valueOf(ms)));
        // Solr's own response has no list at all if the time is over as it merges.
        if (page.getResults() != null && !page.getResults().isEmpty()) {
          assertEquals("partial", section(page).get("outcome"));
          if (Integer.getInteger("solr.major", 9) < 10) {
            // With a limit, Solr 10 collects by the statistics of the shard alone, and shows scores
            // by those of the collection.
            assertScoresFall(page);
          }
          return;
        }
        assertTrue(page.getResponseHeader().getBooleanArg("partialResults"));
      }
    }
    fail("no page has hits");
  }

  static void assertScoresFall(QueryResponse response) {
    float last = Float.POSITIVE_INFINITY;
    for (SolrDocument hit : response.getResults()) {
      float score = FilmsTestCase.score(hit);
      assertTrue(score + " after " + last, score <= last);
      last = score;
    }
  }

  /**
   * An rq that no cache of results knows, with the same order: no model reads control characters.
   */
  static String ask(String scope) {
    String query = Q + "\u0001".repeat(asked.incrementAndGet());
    return "{!crossencoder reRankDocs=15 query='" + query + "' reRankScope=" + scope + "}";
  }

  /** A page of the hits of shard1, reranked above the tail, that says what it is. */
  static void assertHalf(QueryResponse response, String scope) {
    assertFalse(response.getResults().isEmpty());
    for (Object id : ids(response)) {
      assertEquals("shard1", shardOf(id));
    }
    assertScoresFall(response);
    assertTrue(response.getResponseHeader().getBooleanArg("partialResults"));
    assertEquals(scope, "partial", section(response).get("outcome"));
    assertEquals(scope, 2, number(response, "shards"));
    assertEquals(scope, 1, number(response, "shardsMissing"));
    assertEquals(scope, 15, number(response, "scored"));
  }

  static String shardOf(Object id) {
    var state = getCollectionState(FILMS);
    return state.getRouter().getTargetSlice((String) id, null, null, null, state).getName();
  }

  static List<Object> ids(QueryResponse response) {
    return response.getResults().stream().map(hit -> hit.get("id")).toList();
  }

  static NamedList<Object> section(QueryResponse response) {
    return FilmsTestCase.section(response);
  }

  static int number(QueryResponse response, String name) {
    return (Integer) section(response).get(name);
  }
}
