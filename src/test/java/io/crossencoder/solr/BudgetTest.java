// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.HeldWorkers;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * After the time limit, scored candidates come first and the others follow in first-pass order. The
 * workers are blocked, so that only cached scores are available on a machine of any speed.
 */
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public class BudgetTest extends FilmsTestCase {

  private static final int DOCUMENTS = 200;
  private static final int KNOWN = 20;
  private static final String MAXP = "passage=maxp ";

  /** Repeats a request with twice the time if the time is not sufficient for Solr itself. */
  private static final int MOST_MILLISECONDS = 100_000;

  /** Documents with several windows. */
  @BeforeClass
  public static void addLongDocuments() throws Exception {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String overview = ("marathon " + i + " kilometers of rain and wind ").repeat(100);
      documents.add(new SolrInputDocument("id", "long" + i, "overview", overview));
    }
    solr.getSolrClient("tmdb").add(documents);
    solr.getSolrClient("tmdb").commit();
  }

  private static String[] rerank(String query, int documents, String local) {
    String rq = "{!crossencoder query='" + query + "' reRankDocs=" + documents;
    return new String[] {"q", "marathon", "rows", "" + DOCUMENTS, "rq", rq + " " + local + "}"};
  }

  /** Adds its first candidates to the score cache. */
  private static void scoreTheFirst(String query, String local) throws Exception {
    QueryResponse response = select(rerank(query, KNOWN, local));
    assertEquals("complete", section(response).get("outcome"));
  }

  private static int assertScoredAboveTheRest(QueryResponse response) throws Exception {
    List<String> firstPass = ids(select("q", "marathon", "rows", "" + DOCUMENTS));
    assertEquals("partial", section(response).get("outcome"));
    assertEquals(DOCUMENTS, section(response).get("candidates"));
    int scored = (Integer) section(response).get("scored");
    List<SolrDocument> hits = response.getResults();
    List<String> rest = ids(response).subList(scored, hits.size());
    assertEquals(DOCUMENTS, hits.size());
    assertTrue(scored + " scored", scored <= KNOWN);
    assertEquals(firstPass.stream().filter(rest::contains).toList(), rest);
    for (int i = 1; i < hits.size(); i++) {
      assertTrue(score(hits.get(i - 1)) >= score(hits.get(i)));
    }
    return scored;
  }

  @Test
  public void reRankTimeout() throws Exception {
    scoreTheFirst("run", MAXP);
    try (HeldWorkers held = holdWorkers()) {
      int scored = 0;
      for (int ms = 1; scored < KNOWN && ms < MOST_MILLISECONDS; ms *= 4) {
        String[] request = rerank("run", DOCUMENTS, MAXP + "reRankTimeout=" + ms);
        scored = assertScoredAboveTheRest(select(request));
      }
      assertEquals(KNOWN, scored);
    }
  }

  @Test
  public void timeAllowedEndsTheRerankBeforeSolrEndsTheRequest() throws Exception {
    assertEndsBeforeSolr("timeAllowed");
  }

  @Test
  public void cpuAllowedEndsTheRerank() throws Exception {
    assertEndsBeforeSolr("cpuAllowed");
  }

  private static void assertEndsBeforeSolr(String limit) throws Exception {
    String query = "run far with " + limit;
    scoreTheFirst(query, MAXP);
    String[] request =
        with(rerank(query, DOCUMENTS, MAXP), "facet", "true", "facet.field", "original_language");
    try (HeldWorkers held = holdWorkers()) {
      int scored = 0;
      QueryResponse response = null;
      for (int ms = 500; scored < KNOWN && ms < MOST_MILLISECONDS; ms *= 2) {
        response = select(with(request, limit, "" + ms));
        if (response.getResponseHeader().get("partialResults") == null) {
          scored = assertScoredAboveTheRest(response);
        }
      }
      assertEquals("within Solr's limit", KNOWN, scored);
      assertNotNull("the facets are there", response.getFacetField("original_language"));
    }
  }

  @Test
  public void withoutPartialResultsAnUnfinishedRerankGivesNone() throws Exception {
    try (HeldWorkers held = holdWorkers()) {
      for (String limit : new String[] {"timeAllowed", "cpuAllowed", "reRankTimeout"}) {
        QueryResponse response = withoutPartialResults(limit, 300);
        for (int ms = 600; section(response) == null && ms < MOST_MILLISECONDS; ms *= 2) {
          response = withoutPartialResults(limit, ms);
        }
        assertEquals(limit, "omitted", response.getResponseHeader().get("partialResults"));
        assertEquals(limit, 0, response.getResults().size());
        assertEquals(limit, "partial", section(response).get("outcome"));
      }
    }
    String[] enough = {"q", "robot dreams", "rq", "{!crossencoder}", "partialResults", "false"};
    assertEquals("complete", section(select(enough)).get("outcome"));
  }

  private static QueryResponse withoutPartialResults(String limit, int ms) throws Exception {
    String local = limit.equals("reRankTimeout") ? "reRankTimeout=" + ms : "";
    String[] request = rerank("no part of " + limit, DOCUMENTS, MAXP + local);
    return select(with(request, limit, "" + ms, "partialResults", "false"));
  }

  @Test
  public void timeThatIsSpentBeforeTheSearchIsNoHitOfACache() throws Exception {
    String[] request = {"q", "marathon", "rq", "{!crossencoder}", "timeAllowed", "10"};
    // Solr parses filters after the rank query; this one takes longer than the time limit.
    String[] late = with(request, "fq", "{!frange l=0}sleep(50,1)");
    for (int attempt = 0; attempt < 5; attempt++) {
      QueryResponse response = select(late);
      assertEquals(true, response.getResponseHeader().get("partialResults"));
      assertEquals(0, response.getResults().size());
      assertNull(section(response));
    }
  }

  @Test
  public void enoughTimeGivesTheWholeOrder() throws Exception {
    QueryResponse response =
        select("q", "vietnam war", "rq", "{!crossencoder reRankTimeout=3600000}");
    assertEquals("complete", section(response).get("outcome"));
  }

  @Test
  public void theTransformerHasNoBudgetOfItsOwn() throws Exception {
    scoreTheFirst("run and rest", "");
    try (HeldWorkers held = holdWorkers()) {
      int scored = 0;
      for (int ms = 1; scored < KNOWN && ms < MOST_MILLISECONDS; ms *= 4) {
        String[] request = rerank("run and rest", DOCUMENTS, "reRankTimeout=" + ms);
        scored =
            assertHitsSayWhatTheyHave(with(request, "fl", "id,score,ce:[crossencoder tail=true]"));
      }
      assertEquals(KNOWN, scored);
    }
  }

  private static int assertHitsSayWhatTheyHave(String[] request) throws Exception {
    QueryResponse response = select(request);
    assertEquals("partial", section(response).get("outcome"));
    int scored = 0;
    for (SolrDocument hit : response.getResults()) {
      NamedList<?> ce = (NamedList<?>) hit.get("ce");
      scored += ce.get("logit") == null ? 0 : 1;
      assertEquals(ce.toString(), ce.get("logit") == null ? "partial" : null, ce.get("outcome"));
    }
    assertEquals(section(response).get("scored"), scored);
    return scored;
  }
}
