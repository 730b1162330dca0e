// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.HeldWorkers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/** {@code reRankScope=global} without hits, with too little time, or with missing data. */
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public class CloudGlobalLimitsTest extends CloudTestCase {

  @BeforeClass
  public static void index() throws Exception {
    List<SolrInputDocument> films = new ArrayList<>(films());
    films.add(longDocument());
    collection(FILMS, 2, 2, "ExactStatsCache", films);
    collection(ONE_CORE, 1, 1, "ExactStatsCache", byShard(FILMS, films));
  }

  private static SolrInputDocument longDocument() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 500_000; i++) {
      text.append("the zyzzyva ").append(i).append(" walks from house to house, ");
    }
    return new SolrInputDocument("id", "999999", "title", "Z", "overview", text.toString());
  }

  private static String rq(String local) {
    return "{!crossencoder reRankScope=global " + local + "}";
  }

  @Test
  public void whatAsksForNothingIsNotReranked() throws Exception {
    QueryResponse response = select(FILMS, "q", "*:*", "rq", rq(""));
    assertEquals("skipped", section(response).get("outcome"));
    assertNull(section(select(FILMS, "q", "war", "rows", "0", "rq", rq(""))));
    QueryResponse nothing = select(FILMS, "q", "qwxyz", "rq", rq(""));
    assertEquals(0, nothing.getResults().size());
    assertEquals(0, number(nothing, "candidates"));
    QueryResponse behind = select(FILMS, "q", "war", "start", "5000", "rq", rq("query=unknown"));
    assertEquals(0, behind.getResults().size());
    assertEquals("complete", section(behind).get("outcome"));
    assertNull(section(behind).get("scored"));
  }

  @Test
  public void aSpentBudgetGivesWhatIsScoredAboveTheRest() throws Exception {
    try (SolrClient node = cluster.getJettySolrRunner(0).newClient()) {
      // These are in the score cache of the node.
      node.query(FILMS, params("q", Q, "rq", rq("reRankDocs=15 query=v")));
      try (HeldWorkers held = holdWorkers()) {
        int scored = 0;
        for (int ms = 1; scored < 15 && ms < 100_000; ms *= 4) {
          String rq = rq("reRankDocs=200 query=v reRankTimeout=" + ms);
          QueryResponse response = node.query(FILMS, params("q", Q, "rq", rq, "rows", "100"));
          assertEquals("partial", section(response).get("outcome"));
          assertTrue(number(response, "candidates") > 15);
          assertScoresFall(response);
          scored = number(response, "scored");
        }
        assertEquals(15, scored);
      }
    }
  }

  @Test
  public void timeAllowedLeavesSolrTheTimeToFetchThePage() throws Exception {
    String[] request = {
      "q", Q, "rq", rq("reRankDocs=200 query='what is not known yet'"), "rows", "100"
    };
    assertHitsWithinTimeAllowed(1000, request);
  }

  @Test
  public void withoutPassagesTheFirstPassIsReturnedOrAnError() throws Exception {
    ShardHook.step = builder -> builder.rsp.getValues().remove("crossEncoderEvidence");
    String q = "prison escape";
    QueryResponse response = select(FILMS, "q", q, "rq", rq("reRankDocs=15"), "rows", "30");
    assertEquals("failed", section(response).get("outcome"));
    assertTrue(section(response).get("error").toString().contains("no passages received"));
    List<Object> firstPass =
        select(ONE_CORE, "q", q, "rows", "30").getResults().stream()
            .map(hit -> hit.get("id"))
            .toList();
    assertEquals(firstPass, response.getResults().stream().map(hit -> hit.get("id")).toList());
    assertRefused(500, "no passages received", "q", q, "rq", rq("onFailure=error"));
  }

  @Test
  public void aHandlerWithoutTheComponentSaysWhatIsMissing() throws Exception {
    assertRefused(
        400,
        "last-components",
        "q",
        "war",
        "df",
        "overview",
        "qt",
        "/bare",
        "rq",
        rq("fields=title"));
    String[] ofTheShards = {"q", "war", "shards.qt", "/bare", "rq", rq("")};
    assertRefused(400, "last-components", ofTheShards);
    QueryResponse response =
        select(FILMS, "q", "war", "df", "overview", "qt", "/bare", "rq", "{!crossencoder}");
    assertFalse(response.toString(), response.getResults().isEmpty());
    assertNull(section(response));
  }

  @Test
  public void moreRowsThanCanBeMergedAreRefused() throws Exception {
    String rows = "" + Integer.MAX_VALUE;
    assertRefused(400, "rows=", "q", "war", "rows", rows, "start", "10", "rq", rq(""));
    assertRefused(400, "rows=", "q", "war", "rows", rows, "rq", rq("minScore=0"));
  }

  @Test
  public void ofALongDocumentAShardSendsWhatTheModelCanRead() throws Exception {
    AtomicLong sent = new AtomicLong();
    for (String mode : List.of("passage=head", "passage=maxp maxWindows=3")) {
      QueryResponse whole =
          select(FILMS, "q", "zyzzyva", "rq", "{!crossencoder reRankScope=shard " + mode + "}");
      ShardHook.step =
          builder -> {
            Object inputs = builder.rsp.getValues().get("crossEncoderEvidence");
            sent.addAndGet(String.valueOf(inputs).length());
          };
      sent.set(0);
      QueryResponse response = select(FILMS, "q", "zyzzyva", "rq", rq(mode));
      ShardHook.step = ShardHook.NOTHING;
      assertEquals("complete", section(response).get("outcome"));
      assertEquals(
          FilmsTestCase.score(whole.getResults().get(0)),
          FilmsTestCase.score(response.getResults().get(0)),
          1e-4f);
      assertEquals(1, number(response, "truncated"));
      assertTrue(mode + ": " + sent, sent.get() < 20_000);
    }
  }
}
