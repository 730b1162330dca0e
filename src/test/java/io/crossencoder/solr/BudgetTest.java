// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/** A spent budget gives what is scored, then the rest in first-pass order. */
public class BudgetTest extends FilmsTestCase {

  private static final int DOCUMENTS = 1000;

  /** Of many windows each: some 20 seconds of one core's time in all. */
  @BeforeClass
  public static void addLongDocuments() throws Exception {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String overview = ("marathon " + i + " kilometers of rain and wind ").repeat(300);
      documents.add(new SolrInputDocument("id", "long" + i, "overview", overview));
    }
    solr.getSolrClient("tmdb").add(documents);
    solr.getSolrClient("tmdb").commit();
  }

  private static void assertScoredAboveTheRest(QueryResponse response, List<String> firstPass) {
    assertEquals("partial", section(response).get("outcome"));
    int scored = (Integer) section(response).get("scored");
    List<SolrDocument> hits = response.getResults();
    List<String> rest =
        hits.subList(scored, hits.size()).stream().map(hit -> (String) hit.get("id")).toList();
    assertTrue(scored < hits.size());
    assertEquals(firstPass.stream().filter(rest::contains).toList(), rest);
    for (int i = 1; i < hits.size(); i++) {
      assertTrue(score(hits.get(i - 1)) >= score(hits.get(i)));
    }
  }

  private static String rerank(String local) {
    return "{!crossencoder reRankDocs=1000 passage=maxp maxWindows=64 " + local + "}";
  }

  @Test
  public void reRankTimeout() throws Exception {
    List<String> firstPass = ids(select("q", "marathon", "rows", "1000"));
    for (int milliseconds : new int[] {1, 100, 400}) {
      String rq = rerank("query='run " + milliseconds + "' reRankTimeout=" + milliseconds);
      assertScoredAboveTheRest(select("q", "marathon", "rows", "1000", "rq", rq), firstPass);
    }
  }

  @Test
  public void timeAllowedEndsTheRerankBeforeSolrEndsTheRequest() throws Exception {
    List<String> firstPass = ids(select("q", "marathon", "rows", "1000"));
    ModifiableSolrParams request = new ModifiableSolrParams();
    request.set("q", "marathon").set("rows", 1000).set("timeAllowed", 1000);
    request.set("rq", rerank("query='run far'"));
    request.set("facet", true).set("facet.field", "original_language");
    QueryResponse response = solr.getSolrClient("tmdb").query(request);
    assertScoredAboveTheRest(response, firstPass);
    assertNull("Solr's limit was hit", response.getResponseHeader().get("partialResults"));
    assertNotNull("the facets are there", response.getFacetField("original_language"));
  }

  @Test
  public void cpuAllowedEndsTheRerank() throws Exception {
    List<String> firstPass = ids(select("q", "marathon", "rows", "1000"));
    String rq = rerank("query='run with cpu'");
    String[] request = {"q", "marathon", "rows", "1000", "rq", rq, "cpuAllowed", "300"};
    assertScoredAboveTheRest(select(request), firstPass);
  }

  @Test
  public void withoutPartialResultsAnUnfinishedRerankGivesNone() throws Exception {
    for (String limit : new String[] {"timeAllowed", "cpuAllowed", "reRankTimeout"}) {
      String local = limit.equals("reRankTimeout") ? "reRankTimeout=300" : "";
      ModifiableSolrParams request = new ModifiableSolrParams();
      request.set("q", "marathon").set("rows", 10).set("partialResults", false);
      request.set("rq", rerank("query='no part of " + limit + "' " + local));
      request.set(limit, 300);
      QueryResponse response = solr.getSolrClient("tmdb").query(request);
      assertEquals(limit, "omitted", response.getResponseHeader().get("partialResults"));
      assertEquals(limit, 0, response.getResults().size());
      assertEquals(limit, "partial", section(response).get("outcome"));
    }
    String[] enough = {"q", "robot dreams", "rq", "{!crossencoder}", "partialResults", "false"};
    assertEquals("complete", section(select(enough)).get("outcome"));
  }

  @Test
  public void timeThatIsSpentBeforeTheSearchIsNoHitOfACache() throws Exception {
    ModifiableSolrParams request = new ModifiableSolrParams();
    request.set("q", "marathon").set("rq", "{!crossencoder}").set("timeAllowed", 10);
    // Solr parses filters behind the rank query: for longer than there is time.
    String words = IntStream.range(0, 1000).mapToObj(i -> "word" + i).collect(joining(" "));
    request.set("words", "title:(" + words + ")");
    IntStream.range(0, 200).forEach(i -> request.add("fq", "{!lucene v=$words}"));
    for (int attempt = 0; attempt < 5; attempt++) {
      QueryResponse response = solr.getSolrClient("tmdb").query(request);
      assertEquals(true, response.getResponseHeader().get("partialResults"));
      assertEquals(0, response.getResults().size());
      assertNull(section(response));
    }
  }

  @Test
  public void enoughTimeGivesTheWholeOrder() throws Exception {
    QueryResponse response =
        select("q", "vietnam war", "rq", "{!crossencoder reRankTimeout=60000}");
    assertEquals("complete", section(response).get("outcome"));
  }

  @Test
  public void theTransformerHasNoBudgetOfItsOwn() throws Exception {
    QueryResponse response =
        select(
            "q",
            "marathon",
            "rows",
            "1000",
            "fl",
            "id,score,ce:[crossencoder tail=true]",
            "rq",
            rerank("query='run and rest' reRankTimeout=1"));
    assertEquals("partial", section(response).get("outcome"));
    int scored = 0;
    for (SolrDocument hit : response.getResults()) {
      NamedList<?> ce = (NamedList<?>) hit.get("ce");
      scored += ce.get("logit") == null ? 0 : 1;
      assertEquals(ce.toString(), ce.get("logit") == null ? "partial" : null, ce.get("outcome"));
    }
    assertEquals(section(response).get("scored"), scored);
  }
}
