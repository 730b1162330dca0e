// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/** A document without text in the fields is not scored as if its text were empty. */
public class EmptyPassagesTest extends FilmsTestCase {

  @BeforeClass
  public static void addFilmsWithoutOverview() throws Exception {
    SolrClient client = solr.getSolrClient("tmdb");
    for (int i = 0; i < 3; i++) {
      SolrInputDocument film = new SolrInputDocument();
      film.addField("id", "empty" + i);
      film.addField("title", "zebra zebra " + i);
      client.add(film);
    }
    SolrInputDocument film = new SolrInputDocument();
    film.addField("id", "full");
    film.addField("title", "the zebra");
    film.addField("overview", "A zebra crosses the road.");
    client.add(film);
    client.commit();
  }

  @Test
  public void itFollowsTheScoredHitsAndIsCounted() throws Exception {
    QueryResponse page =
        select("q", "zebra", "rq", "{!crossencoder fields=overview}", "fl", "id,score");
    assertEquals("full", ids(page).get(0));
    List<String> firstPass = new ArrayList<>(ids(select("q", "zebra", "fl", "id")));
    firstPass.remove("full");
    assertEquals(firstPass, ids(page).subList(1, 4));
    assertEquals(3, section(page).get("empty"));
    assertEquals(1, section(page).get("scored"));
    assertEquals("complete", section(page).get("outcome"));
  }

  @Test
  public void whereNoCandidateHasTextTheOutcomeSaysSo() throws Exception {
    String[] request = {"q", "zebra", "fq", "id:empty*", "fl", "id"};
    QueryResponse page = select(with(request, "rq", "{!crossencoder fields=overview}"));
    assertEquals(ids(select(request)), ids(page));
    assertEquals("noText", section(page).get("outcome"));
    assertTrue(section(page).get("hint").toString().contains("fields"));
  }

  @Test
  public void minScoreLetsNoneOfThemStay() throws Exception {
    String rq = "{!crossencoder fields=overview minScore=-1000}";
    QueryResponse page = select("q", "zebra", "rq", rq, "fl", "id");
    assertEquals(List.of("full"), ids(page));
    assertEquals(1, page.getResults().getNumFound());
    assertEquals(3, section(page).get("removed"));
  }

  @Test
  public void fieldsThatNeverHoldTextAreRefused() {
    String message = badRequest("q", "war", "rq", "{!crossencoder fields='title,*_txt'}");
    assertTrue(message, message.contains("*_txt"));
  }
}
