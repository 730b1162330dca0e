// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.Test;

/** The effect of {@code rq={!crossencoder}} in a core. */
public class RerankTest extends FilmsTestCase {

  private static final List<String> VIETNAM_FILMS =
      List.of("Apocalypse Now", "Platoon", "Full Metal Jacket", "The Deer Hunter");

  @Test
  public void theCutoffIsTheFirstPassScoreOfTheLastCandidate() throws Exception {
    SolrDocument last = select("q", "vietnam war", "rows", "20").getResults().get(19);
    QueryResponse reranked =
        select("q", "vietnam war", "rq", "{!crossencoder cache=false reRankDocs=20}");
    assertEquals(score(last), section(reranked).get("firstPassCutoff"));
  }

  @Test
  public void theModelOrdersThePageAndNotBm25() throws Exception {
    List<String> firstPass = titles(select("q", "vietnam war"));
    List<String> reranked = titles(select("q", "vietnam war", "rq", "{!crossencoder}"));
    assertNotEquals(firstPass, reranked);
    assertTrue(reranked.toString(), reranked.containsAll(VIETNAM_FILMS));
  }

  @Test
  public void theScoreIsTheLogitAndTheOriginalScoreIsBm25() throws Exception {
    QueryResponse firstPass = select("q", "vietnam war", "rows", "300", "fl", "id,score");
    QueryResponse reranked =
        select(
            "q",
            "vietnam war",
            "rq",
            "{!crossencoder reRankDocs=20}",
            "rows",
            "20",
            "fl",
            "id,title,overview,score,bm25:originalScore()");
    try (ModelRegistry registry = new ModelRegistry(ModelRegistry.Settings.defaults());
        CrossEncoder model = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS)) {
      for (SolrDocument hit : reranked.getResults()) {
        String passage = hit.get("title") + "\n\n" + hit.get("overview");
        float logit = model.score("vietnam war", List.of(passage), Deadline.NONE).logits()[0];
        assertEquals(passage, logit, score(hit), 1e-4f);
        float bm25 =
            firstPass.getResults().stream()
                .filter(other -> other.get("id").equals(hit.get("id")))
                .map(FilmsTestCase::score)
                .findFirst()
                .orElseThrow();
        assertEquals(passage, bm25, (Float) hit.get("bm25"), 0);
      }
    }
  }

  @Test
  public void theTextIsQueryOrTheBodyOrQ() throws Exception {
    List<String> byQ = ids(select("q", "prison escape", "rq", "{!crossencoder}"));
    assertEquals(
        byQ, ids(select("q", "prison escape", "rq", "{!crossencoder query='prison escape'}")));
    assertEquals(byQ, ids(select("q", "prison escape", "rq", "{!crossencoder}prison escape")));
    assertEquals(
        byQ,
        ids(select("q", "prison escape", "rq", "{!crossencoder query=$t}", "t", "prison escape")));
    assertEquals(
        byQ,
        ids(
            select(
                "q",
                "{!edismax qf='title^2 overview tagline keywords' pf='title^2 overview' v=$t}",
                "defType",
                "lucene",
                "t",
                "prison escape",
                "rq",
                "{!crossencoder}")));
    assertNotEquals(
        byQ, ids(select("q", "prison escape", "rq", "{!crossencoder query='a love story'}")));
  }

  @Test
  public void whatMatchesEverythingIsNotReranked() throws Exception {
    QueryResponse response = select("q", "*:*", "rq", "{!crossencoder}");
    assertEquals(ids(select("q", "*:*")), ids(response));
    assertEquals("skipped", section(response).get("outcome"));
  }

  @Test
  public void theFieldsMakeThePassage() throws Exception {
    QueryResponse titleOnly =
        select("q", "vietnam war", "rq", "{!crossencoder fields=title reRankDocs=5}", "rows", "5");
    try (ModelRegistry registry = new ModelRegistry(ModelRegistry.Settings.defaults());
        CrossEncoder model = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS)) {
      for (SolrDocument hit : titleOnly.getResults()) {
        String title = (String) hit.get("title");
        float logit = model.score("vietnam war", List.of(title), Deadline.NONE).logits()[0];
        assertEquals(title, logit, score(hit), 1e-4f);
      }
    }
  }

  @Test
  public void aHitIsScoredOnWhatItHasAndOneWithoutTextsIsNot() throws Exception {
    var client = solr.getSolrClient("tmdb");
    SolrInputDocument titleOnly = new SolrInputDocument("id", "no-overview", "title", "Zyzzyva");
    SolrInputDocument nothing = new SolrInputDocument("id", "no-text", "keywords", "Zyzzyva");
    SolrInputDocument awkward =
        new SolrInputDocument(
            "id", "awkward",
            "title", "Zyzzyva \uD83D\uDE80 \u05E9\u05DC\u05D5\u05DD \u0001\u0007",
            "overview", "word ".repeat(200_000));
    client.add(List.of(titleOnly, nothing, awkward));
    client.commit();
    try {
      QueryResponse response = select("q", "zyzzyva", "rq", "{!crossencoder}");
      assertEquals(3, response.getResults().size());
      assertEquals("complete", section(response).get("outcome"));
      assertEquals(2, section(response).get("scored"));
      assertEquals(1, section(response).get("empty"));
      assertEquals(1, section(response).get("truncated"));
    } finally {
      client.deleteById(List.of("no-overview", "no-text", "awkward"));
      client.commit();
    }
  }

  @Test
  public void noHitsAndNoRowsCostNothing() throws Exception {
    QueryResponse noHits = select("q", "qwxyz", "rq", "{!crossencoder}");
    assertEquals(0, noHits.getResults().size());
    assertEquals("complete", section(noHits).get("outcome"));
    assertEquals(0, section(noHits).get("candidates"));
    QueryResponse noRows = select("q", "vietnam war", "rows", "0", "rq", "{!crossencoder}");
    assertTrue(noRows.getResults().getNumFound() > 0);
    assertNull(section(noRows));
    QueryResponse behindTheEnd =
        select("q", "vietnam war", "start", "100000", "rq", "{!crossencoder}");
    assertEquals(0, behindTheEnd.getResults().size());
    assertEquals(0, section(behindTheEnd).get("candidates"));
    assertEquals(noRows.getResults().getNumFound(), behindTheEnd.getResults().getNumFound());
  }

  @Test
  public void aPageBehindTheEndIsNotScoredAndNotTakenForTheFirst() throws Exception {
    String q = "a ship at sea";
    for (String start : List.of("400", "100000")) {
      QueryResponse page = select("q", q, "start", start, "rq", "{!crossencoder}");
      assertEquals(0, section(page).get("candidates"));
    }
    QueryResponse first = select("q", q, "rq", "{!crossencoder}");
    assertEquals("complete", section(first).get("outcome"));
    assertEquals("nothing was scored before", 0, section(first).get("cached"));
  }
}
