// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.Http;
import io.crossencoder.engine.HeldWorkers;
import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.metrics.NodeMetrics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.RetryUtil;
import org.junit.BeforeClass;
import org.junit.Test;

/** Each shard reranks its own candidates, and the coordinator merges the pages. */
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public class CloudShardScopeTest extends CloudTestCase {

  @BeforeClass
  public static void index() throws Exception {
    collection(FILMS, 2, 2, "LocalStatsCache", films());
  }

  private static List<SolrDocument> pages(String rq, int rows, int until) throws Exception {
    List<SolrDocument> hits = new ArrayList<>();
    for (int start = 0; start < until; start += rows) {
      QueryResponse page =
          select(
              FILMS,
              "q",
              Q,
              "rq",
              rq,
              "start",
              String.valueOf(start),
              "rows",
              String.valueOf(rows));
      assertScoresFall(page);
      hits.addAll(page.getResults());
    }
    return hits;
  }

  @Test
  public void rerankedHitsStandAboveTheTailOnEveryPage() throws Exception {
    for (int reRankDocs : new int[] {3, 7, 25, 100}) {
      String rq = "{!crossencoder reRankDocs=" + reRankDocs + "}";
      List<SolrDocument> whole = pages(rq, 60, 60);
      assertEquals(60, whole.size());
      long reranked =
          whole.stream().filter(hit -> FilmsTestCase.score(hit) >= TailScores.FLOOR).count();
      assertEquals(rq, Math.min(60, 2 * reRankDocs), reranked);
      for (int rows : new int[] {4, 10}) {
        List<SolrDocument> hits = pages(rq, rows, 60);
        float last = Float.POSITIVE_INFINITY;
        for (SolrDocument hit : hits) {
          assertTrue(FilmsTestCase.score(hit) <= last);
          last = FilmsTestCase.score(hit);
        }
        // The candidates unchanged; of the tail only the scores, because Solr breaks ties
        // differently in each request.
        int window = (int) Math.min(reranked, 60);
        assertEquals(ids(whole).subList(0, window), ids(hits).subList(0, window));
        for (int i = 0; i < 60; i++) {
          assertEquals(FilmsTestCase.score(whole.get(i)), FilmsTestCase.score(hits.get(i)), NOISE);
        }
      }
    }
  }

  private static List<Object> ids(List<SolrDocument> hits) {
    return hits.stream().map(hit -> hit.get("id")).toList();
  }

  @Test
  public void theSectionsOfTheShardsAreOne() throws Exception {
    String q = "a boxer and his last fight";
    QueryResponse response = select(FILMS, "q", q, "rq", "{!crossencoder reRankDocs=20}");
    assertEquals("tmdb-starter", section(response).get("model"));
    assertEquals(40, number(response, "candidates"));
    assertEquals(40, number(response, "scored"));
    assertTrue(number(response, "tokens") > 0);
    assertTrue((Double) section(response).get("inferenceMs") > 0);
    assertEquals(2, number(response, "shards"));
    assertNull(section(response).get("shardsMissing"));
    assertEquals("complete", section(response).get("outcome"));
  }

  @Test
  public void windowsOfAllShardsAreCounted() throws Exception {
    QueryResponse response = select(FILMS, "q", Q, "rq", "{!crossencoder passage=maxp}");
    assertTrue(number(response, "windows") >= number(response, "scored"));
  }

  @Test
  public void aResultFromCachesOfAllShardsSaysSo() throws Exception {
    String[] request = {
      "q", "a chess player", "rq", "{!crossencoder}", "shards.preference", "replica.leader:true"
    };
    assertEquals("complete", section(select(FILMS, request)).get("outcome"));
    assertEquals("queryResultCache", section(select(FILMS, request)).get("outcome"));
  }

  @Test
  public void eachRerankIsCountedWhereItIsDone() throws Exception {
    long before = counted();
    select(FILMS, "q", Q, "rq", ask("shard"));
    // A request is counted when it ends, which can be after its response.
    RetryUtil.retryOnBoolean(300_000, 20, () -> counted() == before + 2);
    select(FILMS, "q", Q, "rq", ask("global"));
    RetryUtil.retryOnBoolean(300_000, 20, () -> counted() == before + 3);
  }

  /** Complete rerankings on both nodes. */
  private static long counted() {
    return cluster.getJettySolrRunners().stream()
        .flatMap(node -> NodeMetrics.of(node.getCoreContainer()).all().stream())
        .filter(metric -> "complete".equals(metric.labels().get("outcome")))
        .mapToLong(metric -> (Long) metric.value().get())
        .sum();
  }

  @Test
  @SuppressWarnings("unchecked")
  public void theWorstOutcomeIsTheOutcome() throws Exception {
    QueryResponse response;
    try (HeldWorkers held = holdWorkers()) {
      response =
          select(FILMS, "q", Q, "rq", "{!crossencoder reRankDocs=100 reRankTimeout=1 query=t}");
    }
    assertEquals("partial", section(response).get("outcome"));
    assertTrue(number(response, "scored") < number(response, "candidates"));
    assertScoresFall(response);
    ShardHook.step =
        builder -> {
          if (ShardHook.shard(builder).equals("shard2")) {
            NamedList<Object> section =
                (NamedList<Object>) builder.rsp.getValues().get("crossEncoder");
            section.setVal(section.indexOf("outcome", 0), "failed");
            section.add("error", "IllegalStateException: no such luck");
          }
        };
    response = select(FILMS, "q", Q, "rq", "{!crossencoder query=u}");
    assertEquals("failed", section(response).get("outcome"));
    assertEquals("IllegalStateException: no such luck", section(response).get("error"));
  }

  @Test
  public void idsAndScoresInASinglePass() throws Exception {
    List<SolrDocument> whole = pages("{!crossencoder reRankDocs=5}", 10, 10);
    for (String[] fl : new String[][] {{"id,score", "false"}, {"title,score,id", "true"}}) {
      QueryResponse single =
          select(
              FILMS,
              "q",
              Q,
              "rq",
              "{!crossencoder reRankDocs=5}",
              "fl",
              fl[0],
              "distrib.singlePass",
              fl[1]);
      assertEquals(ids(whole), ids(single.getResults()));
      assertScoresFall(single);
      assertEquals(2, number(single, "shards"));
    }
  }

  @Test
  public void elevatedDocumentsAreOnTopOfTheMergedPage() throws Exception {
    List<Object> ids = ids(select(FILMS, "q", "*:*").getResults());
    QueryResponse response =
        select(
            FILMS,
            "q",
            Q,
            "rq",
            "{!crossencoder reRankDocs=20}",
            "elevateIds",
            ids.get(7) + "," + ids.get(1));
    assertEquals(List.of(ids.get(7), ids.get(1)), ids(response.getResults()).subList(0, 2));
  }

  @Test
  public void noRerankNoSection() throws Exception {
    assertNull(section(select(FILMS, "q", Q)));
    assertNull(section(select(FILMS, "q", Q, "rows", "0", "rq", "{!crossencoder}")));
    assertEquals(
        "skipped", section(select(FILMS, "q", "*:*", "rq", "{!crossencoder}")).get("outcome"));
  }

  @Test
  public void anErrorAfterTheMergeIsNotSaidToBeALimit() throws Exception {
    String url = cluster.getJettySolrRunner(0).getBaseUrl() + "/" + FILMS + "/select";
    String request = "?q=war&expand=true&rq=%7B!crossencoder%7D&wt=json";
    String body = Http.send(HttpRequest.newBuilder(URI.create(url + request))).body();
    assertTrue(body, body.contains("missing expand field"));
    assertFalse(body, body.contains("partial"));
  }

  @Test
  public void badParametersAre400() {
    assertRefused(400, "reRankDocs='0'", "q", Q, "rq", "{!crossencoder reRankDocs=0}");
    assertRefused(400, "model='nope'", "q", Q, "rq", "{!crossencoder model=nope}");
    assertRefused(400, "shard or global", "q", Q, "rq", "{!crossencoder reRankScope=all}");
    assertRefused(400, "score desc", "q", Q, "rq", "{!crossencoder}", "sort", "id asc");
  }
}
