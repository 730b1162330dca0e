// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.cloud.Replica;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.handler.component.ResponseBuilder;
import org.eclipse.jetty.server.Request;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Shards that fail, replicas that die, and what the response says of it. */
public class CloudFailureTest extends CloudTestCase {

  private static final String Q = "a war in a far country";
  private static final AtomicInteger asked = new AtomicInteger();
  private static final List<String> SCOPES = List.of("shard", "global");

  /** One for each test, as they break it. */
  @Before
  public void index() throws Exception {
    collection(FILMS, 2, 2, "ExactStatsCache", films());
  }

  @After
  public void delete() throws Exception {
    CollectionAdminRequest.deleteCollection(FILMS).process(cluster.getSolrClient());
  }

  private static String rq(String scope) {
    return "{!crossencoder reRankDocs=15 reRankScope=" + scope + "}";
  }

  /** One that no cache of results knows, with the same order: the model reads no white space. */
  private static String another(String scope) {
    String query = Q + " ".repeat(asked.incrementAndGet());
    return "{!crossencoder reRankDocs=15 query='" + query + "' reRankScope=" + scope + "}";
  }

  private static List<Object> ids(QueryResponse response) {
    return response.getResults().stream().map(hit -> hit.get("id")).toList();
  }

  private static String shardOf(Object id) {
    var state = getCollectionState(FILMS);
    return state.getRouter().getTargetSlice((String) id, null, null, null, state).getName();
  }

  @Test
  public void aShardThatFailsFailsTheRequestOrIsMissing() throws Exception {
    ShardHook.step =
        builder -> {
          if (ShardHook.shard(builder).equals("shard2")) {
            throw new SolrException(ErrorCode.SERVER_ERROR, "the disk is gone");
          }
        };
    for (String scope : SCOPES) {
      assertRefused(500, "the disk is gone", "q", Q, "rq", rq(scope));
      assertHalf(
          select(FILMS, "q", Q, "rq", another(scope), "rows", "30", "shards.tolerant", "true"),
          scope);
    }
  }

  /** A page of the hits of shard1, reranked above the tail, that says what it is. */
  private static void assertHalf(QueryResponse response, String scope) {
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

  /** A replica dies while it works, then the last one of a shard is gone. */
  @Test
  public void aReplicaThatDiesInMidRequestIsReplacedByTheOther() throws Exception {
    JettySolrRunner victim = cluster.getJettySolrRunner(1);
    CoreContainer dying = victim.getCoreContainer();
    String address = victim.getBaseUrl().toString();
    try (SolrClient survivor = cluster.getJettySolrRunner(0).newClient()) {
      Map<String, List<Object>> expected = new HashMap<>();
      for (String scope : SCOPES) {
        expected.put(scope, ids(select(FILMS, "q", Q, "rq", another(scope))));
      }
      AtomicInteger broken = new AtomicInteger();
      AtomicInteger takenOver = new AtomicInteger();
      ShardHook.step =
          builder -> {
            if (builder.req.getCoreContainer() == dying) {
              broken.incrementAndGet();
              breakTheConnection(builder);
            } else {
              takenOver.incrementAndGet();
            }
          };
      // Only one of the two: the coordinator then knows that the replica is dead.
      String scope = SCOPES.get(random().nextInt(2));
      QueryResponse response =
          survivor.query(
              FILMS,
              params(
                  "q",
                  Q,
                  "rq",
                  another(scope),
                  "shards.preference",
                  "replica.location:" + address));
      assertTrue("the dying replica was asked", broken.get() > 0);
      assertEquals("the other replicas were asked", 2, takenOver.get());
      assertEquals(expected.get(scope), ids(response));
      assertEquals("complete", section(response).get("outcome"));
      assertNull(section(response).get("shardsMissing"));
      ShardHook.step = ShardHook.NOTHING;
      victim.stop();
      cluster.waitForJettyToStop(victim);
      theLastReplicaOfAShardIsGone(survivor);
    } finally {
      if (victim.isStopped()) {
        victim.start();
      }
    }
  }

  /** For the one that asks, as the end of the process does. */
  private static void breakTheConnection(ResponseBuilder builder) {
    Request request = Request.getBaseRequest(builder.req.getHttpSolrCall().getReq());
    request.getHttpChannel().abort(new IOException("the end of its process"));
  }

  private static void theLastReplicaOfAShardIsGone(SolrClient survivor) throws Exception {
    CoreContainer node = cluster.getJettySolrRunner(0).getCoreContainer();
    String name =
        getCollectionState(FILMS).getSlice("shard2").getReplicas().stream()
            .map(Replica::getCoreName)
            .filter(core -> node.getCoreDescriptor(core) != null)
            .findFirst()
            .orElseThrow();
    node.unload(name);
    // As the node sees it that is asked next.
    node.getZkController()
        .getZkStateReader()
        .waitForState(
            FILMS,
            10,
            TimeUnit.SECONDS,
            (live, state) ->
                state.getSlice("shard2").getReplicas().stream()
                    .noneMatch(replica -> replica.isActive(live)));
    for (String scope : SCOPES) {
      SolrException e =
          expectThrows(
              SolrException.class,
              () -> survivor.query(FILMS, params("q", Q, "rq", another(scope))));
      assertEquals(503, e.code());
      assertHalf(
          survivor.query(
              FILMS, params("q", Q, "rq", another(scope), "rows", "30", "shards.tolerant", "true")),
          scope);
    }
  }
}
