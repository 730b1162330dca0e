// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.RetryUtil;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * 3 nodes, 3 shards with 2 replicas: the page of the cluster is the page of the index. {@code
 * -Dcloud.requests} compares more random requests, {@code -Dcloud.seed} others, and {@code
 * -Dcloud.rounds} lets nodes stop and cores reload more often.
 */
public class CloudClusterTest extends CloudTestCase {

  /** Solr does not retry with another replica if a connection closes while it sends a request. */
  private static final Pattern SOLRS_OWN =
      Pattern.compile("SolrServerException: (session closed|org\\.eclipse\\.jetty\\.http2\\.)");

  private static final int REQUESTS = Integer.getInteger("cloud.requests", 60);
  private static final long SEED = Long.getLong("cloud.seed", 15);
  private static final int ROUNDS = Integer.getInteger("cloud.rounds", 1);

  @BeforeClass
  public static void index() throws Exception {
    JettySolrRunner third = cluster.startJettySolrRunner();
    TestModels.copy(TestModels.STARTER, Path.of(third.getSolrHome()).resolve("models"));
    List<SolrInputDocument> films = films();
    collection(FILMS, 3, 2, "ExactStatsCache", List.of());
    // Solr collapses per shard: each group is in one shard; some documents have no group.
    for (int i = 0; i < films.size(); i++) {
      if (i % 8 != 0) {
        films.get(i).setField("group", shardOf(films.get(i).getFieldValue("id")) + "-" + i % 40);
      }
    }
    add(FILMS, films);
    collection(ONE_CORE, 1, 1, "ExactStatsCache", byShard(FILMS, films));
  }

  @Before
  public void waitForAllReplicas() {
    cluster.waitForActiveCollection(FILMS, 3, 6);
  }

  private static List<Object> pages(int count, String... params) throws Exception {
    List<Object> ids = new ArrayList<>();
    for (int page = 0; page < count; page++) {
      QueryResponse response =
          select(FILMS, FilmsTestCase.with(params, "rows", "10", "start", "" + page * 10));
      assertScoresFall(response);
      ids.addAll(ids(response));
    }
    return ids;
  }

  @Test
  public void ofEqualFinalScoresNoHitIsOnTwoPagesOrNone() throws Exception {
    String blend = "blend='ceil(ceProb*10)/10' reRankDocs=50";
    for (String sort : List.of("score desc", "score desc,id asc", "score desc,popularity asc")) {
      String[] request = {"q", Q, "rq", "{!crossencoder " + blend + "}", "sort", sort};
      List<Object> ids = pages(15, request);
      List<Object> whole = ids(select(FILMS, FilmsTestCase.with(request, "rows", "150")));
      assertEquals(sort, whole, ids);
      assertEquals(sort, whole.size(), new HashSet<>(ids).size());
    }
  }

  @Test
  public void equalFinalScoresAreInTheOrderOfTheRestOfTheSort() throws Exception {
    for (String scope : SCOPES) {
      String rq = "{!crossencoder blend='ceil(ceProb*4)' reRankDocs=60 reRankScope=" + scope + "}";
      for (String sort : List.of("score desc,id asc", "score desc, popularity desc, id desc")) {
        String[] request = {
          "q", Q, "rq", rq, "sort", sort, "rows", "60", "fl", "id,popularity,score"
        };
        List<SolrDocument> hits = select(FILMS, request).getResults();
        int ties = 0;
        for (int i = 1; i < hits.size(); i++) {
          SolrDocument one = hits.get(i - 1);
          SolrDocument other = hits.get(i);
          if (FilmsTestCase.score(one) == FilmsTestCase.score(other)) {
            ties++;
            int byId = ((String) one.get("id")).compareTo((String) other.get("id"));
            int order =
                sort.contains("popularity")
                    ? Float.compare(popularity(other), popularity(one))
                    : byId;
            assertTrue(scope + " " + sort, order == 0 ? byId > 0 : order < 0);
          }
        }
        assertTrue("only " + ties, ties > 20);
        if (scope.equals("global")) {
          assertEquals(
              ids(select(ONE_CORE, request)), hits.stream().map(h -> h.get("id")).toList());
        }
      }
    }
  }

  /** A node with a replica of that shard searches it itself, the others ask one that has. */
  @Test
  public void aRoutedRequestHasTheSameOrderOnEachNode() throws Exception {
    String rq = "{!crossencoder blend='ceil(ceProb*4)'}";
    Set<List<Object>> pages = new HashSet<>();
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      try (SolrClient client = node.newClient()) {
        pages.add(
            ids(client.query(FILMS, params("q", Q, "rq", rq, "_route_", "a!", "rows", "90"))));
      }
    }
    assertEquals(pages.toString(), 1, pages.size());
  }

  @Test
  public void aPageBehindTheLastHitCostsNothing() throws Exception {
    for (String scope : SCOPES) {
      QueryResponse response = select(FILMS, "q", Q, "rq", ask(scope), "start", "5000");
      assertEquals(List.of(), ids(response));
      assertEquals("complete", section(response).get("outcome"));
      assertNull(section(response).get("scored"));
    }
  }

  @Test
  public void theLastPagesAreThoseOfTheWholeList() throws Exception {
    for (String scope : SCOPES) {
      String rq = ask(scope);
      String[] request = {"q", "prison", "rq", rq, "shards.info", "true", "facet", "true"};
      QueryResponse whole = select(FILMS, FilmsTestCase.with(request, "rows", "100"));
      int found = whole.getResults().size();
      assertTrue("" + found, found > 6 && found < 100);
      List<Object> ids = new ArrayList<>();
      for (int start = 0; start < found; start += 2) {
        QueryResponse page =
            select(FILMS, FilmsTestCase.with(request, "rows", "2", "start", "" + start));
        assertEquals(found, page.getResults().getNumFound());
        assertEquals(3, ((NamedList<?>) page.getResponse().get("shards.info")).size());
        assertEquals(1, page.getResponse().getAll("shards.info").size());
        ids.addAll(ids(page));
      }
      assertEquals(scope, ids(whole), ids);
    }
  }

  @Test
  public void aShortTimeAllowedLeavesSolrTheTimeToFetchThePage() throws Exception {
    for (String scope : SCOPES) {
      String rq = ask(scope).replace("reRankDocs=15", "reRankDocs=200");
      assertHitsWithinTimeAllowed(100, "q", Q, "rq", rq, "fl", "id,score,c:[crossencoder]");
    }
  }

  @Test
  public void inASinglePassSolrExpandsMoreGroupsThanThoseOfThePage() throws Exception {
    String[] plain = {
      "q", Q, "rows", "3", "fq", "{!collapse field=group}", "expand", "true", "fl", "id,score"
    };
    for (String[] request : List.of(plain, FilmsTestCase.with(plain, "rq", ask("global")))) {
      int groups = select(FILMS, request).getExpandedResults().size();
      assertTrue("" + groups, groups > select(ONE_CORE, request).getExpandedResults().size());
    }
  }

  @Test
  public void randomRequestsHaveThePageOfOneCore() throws Exception {
    RandomRequests requests = new RandomRequests(SEED, films());
    int hits = 0;
    int near = 0;
    for (int i = 0; i < REQUESTS; i++) {
      String[] request = requests.next();
      String what = "seed " + SEED + ", request " + i + ": " + String.join(" ", request);
      SamePages compared = SamePages.of(what, select(ONE_CORE, request), select(FILMS, request));
      hits += compared.hits();
      near += compared.near();
    }
    System.out.println(
        REQUESTS
            + " random requests compared, seed "
            + SEED
            + ": "
            + hits
            + " hits, "
            + near
            + " at the place of one with the same score");
    assertTrue("" + near, near <= hits / 100);
  }

  @Test
  public void aNodeThatStopsAndStartsAgainUnderLoadLosesNoPage() throws Exception {
    HttpSolr survivor = HttpSolr.of(cluster.getJettySolrRunner(0));
    JettySolrRunner node = cluster.getJettySolrRunner(2);
    try (Clients clients = Clients.start(3, survivor, () -> FILMS)) {
      for (int round = 0; round < ROUNDS; round++) {
        node.stop();
        cluster.waitForJettyToStop(node);
        int before = clients.answered();
        RetryUtil.retryOnBoolean(300_000, 20, () -> clients.answered() >= before + 30);
        node.start();
        cluster.waitForAllNodes(300);
        cluster.waitForActiveCollection(FILMS, 3, 6);
      }
      List<String> lost =
          clients.stop().stream().filter(answer -> !SOLRS_OWN.matcher(answer).find()).toList();
      assertEquals(List.of(), lost);
      System.out.println(
          clients.answered() + " pages while a node stopped and started " + ROUNDS + " times");
    }
  }

  @Test
  public void reloadsUnderLoadLoseNoPage() {
    HttpSolr node = HttpSolr.of(cluster.getJettySolrRunner(0));
    try (Clients clients = Clients.start(3, node, () -> FILMS)) {
      for (int round = 0; round < 2 * ROUNDS; round++) {
        assertEquals(200, HttpSolr.of(cluster.getJettySolrRunner(1)).reload(FILMS).status());
      }
      assertEquals(List.of(), clients.stop());
      System.out.println(clients.answered() + " pages during " + 2 * ROUNDS + " RELOADs");
    }
  }

  private static float popularity(SolrDocument hit) {
    return hit.get("popularity") instanceof Float known ? known : 0;
  }
}
