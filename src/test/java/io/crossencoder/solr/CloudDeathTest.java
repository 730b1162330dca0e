// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.cloud.Replica;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.BeforeClass;
import org.junit.Test;

/** Replicas that fail during a request, and then the last replica of a shard. */
public class CloudDeathTest extends CloudTestCase {

  @BeforeClass
  public static void index() throws Exception {
    collection(FILMS, 2, 2, "ExactStatsCache", films());
  }

  @Test
  public void aReplicaThatDiesInMidRequestIsReplacedByTheOther() throws Exception {
    JettySolrRunner victim = cluster.getJettySolrRunner(1);
    CoreContainer dying = victim.getCoreContainer();
    String address = victim.getBaseUrl().toString();
    try (SolrClient survivor = cluster.getJettySolrRunner(0).newClient()) {
      Map<String, List<Object>> expected = new HashMap<>();
      for (String scope : SCOPES) {
        expected.put(scope, ids(select(FILMS, "q", Q, "rq", ask(scope))));
      }
      AtomicInteger broken = new AtomicInteger();
      AtomicInteger takenOver = new AtomicInteger();
      ShardHook.step =
          builder -> {
            if (builder.req.getCoreContainer() == dying) {
              broken.incrementAndGet();
              BrokenConnection.of(builder);
            } else {
              takenOver.incrementAndGet();
            }
          };
      // Only in one of the two requests; afterwards the coordinator knows that the replica is down.
      String scope = SCOPES.get(random().nextInt(2));
      QueryResponse response =
          survivor.query(
              FILMS,
              params("q", Q, "rq", ask(scope), "shards.preference", "replica.location:" + address));
      assertTrue("the dying replica was asked", broken.get() > 0);
      assertEquals("the other replicas were asked", 2, takenOver.get());
      assertEquals(expected.get(scope), ids(response));
      assertEquals("complete", section(response).get("outcome"));
      assertNull(section(response).get("shardsMissing"));
      ShardHook.step = ShardHook.NOTHING;
      cluster.stopJettySolrRunner(victim);
      cluster.waitForJettyToStop(victim);
      theLastReplicaOfAShardIsGone(survivor);
    }
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
    // In the cluster state of the next node.
    node.getZkController()
        .getZkStateReader()
        .waitForState(
            FILMS,
            5,
            TimeUnit.MINUTES,
            (live, state) ->
                state.getSlice("shard2").getReplicas().stream()
                    .noneMatch(replica -> replica.isActive(live)));
    for (String scope : SCOPES) {
      SolrException e =
          expectThrows(
              SolrException.class, () -> survivor.query(FILMS, params("q", Q, "rq", ask(scope))));
      assertEquals(503, e.code());
      assertHalf(
          survivor.query(
              FILMS, params("q", Q, "rq", ask(scope), "rows", "30", "shards.tolerant", "true")),
          scope);
    }
  }
}
