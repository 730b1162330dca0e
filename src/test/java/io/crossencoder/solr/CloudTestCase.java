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
 * A cluster of 2 nodes with the bundled configset and model. The collection {@link #FILMS} has 2
 * shards with 2 replicas; {@link #ONE_CORE} has the same documents in one core.
 */
@SuppressSSL
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public abstract class CloudTestCase extends SolrCloudTestCase {

  /** A query with more hits than candidates on both shards. */
  static final String Q = "a war in a far country";

  static final List<String> SCOPES = List.of("shard", "global");

  private static final AtomicInteger asked = new AtomicInteger();

  static final String FILMS = "films";
  static final String ONE_CORE = "one";

  /** The logit of a pair can differ in the last bits in a batch with other pairs. */
  static final float NOISE = 1e-4f;

  @BeforeClass
  public static void startCluster() throws Exception {
    // In the default file system, because native code supports no other.
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
   * Creates a collection with collection-wide BM25 statistics.
   *
   * <p>In one core and in each shard, the documents have the same order, those of the first shard
   * first.
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
    // A new client, because that of the cluster can have cached a deleted collection of this name.
    try (CloudSolrClient client = cluster.basicSolrClientBuilder().build()) {
      // A copy, because the client can keep the list if the collection has one shard.
      client.add(name, new ArrayList<>(documents));
      client.commit(name);
    }
  }

  /** These documents, ordered by shard. */
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

  /** Holds the workers of all nodes until the result is closed. */
  static HeldWorkers holdWorkers() {
    return HeldWorkers.of(
        cluster.getJettySolrRunners().stream()
            .map(node -> NodeRegistry.of(node.getCoreContainer()))
            .toList());
  }

  /** Searches a collection with pairs of parameter and value. */
  static QueryResponse select(String collection, String... params) throws Exception {
    return cluster.getSolrClient().query(collection, params(params));
  }

  /** A page of ten documents. */
  static QueryResponse page(String collection, String q, String rq, int page) throws Exception {
    return select(collection, "q", q, "rq", rq, "start", String.valueOf(page * 10), "rows", "10");
  }

  static void assertRefused(int code, String part, String... params) {
    // For one node, because the client of the cluster converts HTTP 500 to another exception.
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
   * Requests a page while nothing is scored; repeats it with twice the time if the time is not
   * sufficient for Solr itself.
   */
  static void assertHitsWithinTimeAllowed(int milliseconds, String... request) throws Exception {
    try (HeldWorkers held = holdWorkers()) {
      for (int ms = milliseconds; ms < 100_000; ms *= 2) {
        QueryResponse page =
            select(FILMS, FilmsTestCase.with(request, "timeAllowed", String.valueOf(ms)));
        // Solr's response has no list if the time limit is reached during the merge.
        if (page.getResults() != null && !page.getResults().isEmpty()) {
          assertEquals("partial", section(page).get("outcome"));
          if (Integer.getInteger("solr.major", 9) < 10) {
            // With a limit, Solr 10 collects with the statistics of the shard, and returns scores
            // with those of the collection.
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
   * An rq with the same order that is in no cache: a control character has no effect on the model.
   */
  static String ask(String scope) {
    String query = Q + "\u0001".repeat(asked.incrementAndGet());
    return "{!crossencoder reRankDocs=15 query='" + query + "' reRankScope=" + scope + "}";
  }

  /** Checks a page with the hits of shard1, reranked above the tail, and its response section. */
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
