// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/** {@code passage=maxp}: the highest-scoring window of a long document counts. */
public class MaxpTest extends FilmsTestCase {

  private static final String FILLER = "The harvest is late and the village waits for rain. ";

  @BeforeClass
  public static void addLongDocuments() throws Exception {
    var client = solr.getSolrClient("tmdb");
    client.add(
        List.of(
            new SolrInputDocument(
                "id", "end",
                "title", "Quuxical letters",
                "overview", FILLER.repeat(60) + "Soldiers come home from the vietnam war."),
            new SolrInputDocument(
                "id", "megabyte", "title", "Quuxical", "overview", FILLER.repeat(20_000))));
    client.commit();
  }

  private static QueryResponse quuxical(String local) throws Exception {
    return select(
        "q", "quuxical", "rq", "{!crossencoder query='vietnam war' " + local + "}", "rows", "2");
  }

  private static float scoreOf(String id, QueryResponse response) {
    return response.getResults().stream()
        .filter(hit -> hit.get("id").equals(id))
        .map(FilmsTestCase::score)
        .findFirst()
        .orElseThrow();
  }

  @Test
  public void whatTheEndSaysCounts() throws Exception {
    float head = scoreOf("end", quuxical(""));
    float best = scoreOf("end", quuxical("passage=maxp"));
    assertTrue(head + " < " + best, head + 1 < best);
  }

  @Test
  public void aPassageThatFitsScoresAsEver() throws Exception {
    String[] head = {"q", "prison escape", "rq", "{!crossencoder}"};
    String[] maxp = {"q", "prison escape", "rq", "{!crossencoder passage=maxp}"};
    List<SolrDocument> expected = select(head).getResults();
    QueryResponse response = select(maxp);
    assertEquals("all that is there is in the cache", 0, section(response).get("tokens"));
    assertEquals(expected.size(), response.getResults().size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).get("id"), response.getResults().get(i).get("id"));
      assertEquals(score(expected.get(i)), score(response.getResults().get(i)), 0);
    }
  }

  @Test
  public void theResponseCountsWindowsAndWhatTheyLeaveOut() throws Exception {
    QueryResponse all = quuxical("passage=maxp maxWindows=20");
    assertEquals(1, section(all).get("truncated"));
    int windows = (Integer) section(all).get("windows");
    assertTrue("20 of the megabyte, a few of the other: " + windows, windows > 21 && windows < 40);
    QueryResponse few = quuxical("passage=maxp maxWindows=2");
    assertEquals(4, section(few).get("windows"));
    assertEquals(2, section(few).get("truncated"));
    assertNull(section(quuxical("")).get("windows"));
  }

  @Test
  public void anotherWayToReadIsAnotherResultInTheCache() throws Exception {
    for (String local : List.of("passage=maxp maxWindows=3", "passage=maxp maxWindows=4")) {
      assertEquals("complete", section(quuxical(local)).get("outcome"));
      assertEquals("queryResultCache", section(quuxical(local)).get("outcome"));
    }
  }

  @Test
  public void theFirstFieldIsTheTitleOfEachWindow() throws Exception {
    float without = scoreOf("end", quuxical("passage=maxp fields=overview"));
    float with = scoreOf("end", quuxical("passage=maxp"));
    assertNotEquals(without, with, 1e-6f);
  }

  @Test
  public void badValuesAreRefused() {
    assertTrue(
        badRequest("q", "war", "rq", "{!crossencoder passage=tail}").contains("head, maxp or max"));
    for (String most : List.of("0", "65", "many")) {
      assertTrue(
          badRequest("q", "war", "rq", "{!crossencoder passage=maxp maxWindows=" + most + "}")
              .contains("an integer from 1 to 64"));
    }
  }
}
