// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;

/** {@code fl=ce:[crossencoder]}. */
public class TransformerTest extends FilmsTestCase {

  private static final String RQ = "{!crossencoder reRankDocs=5}";

  @SuppressWarnings("unchecked")
  private static NamedList<Object> ce(SolrDocument hit) {
    return (NamedList<Object>) hit.get("ce");
  }

  private static QueryResponse page(String q, String transformer, String... more) throws Exception {
    String[] request = {"q", q, "rows", "8", "fl", "id,score,ce:" + transformer};
    String[] all = java.util.Arrays.copyOf(request, request.length + more.length);
    System.arraycopy(more, 0, all, request.length, more.length);
    return select(all);
  }

  @Test
  public void aRerankedHitTellsWhatTheModelSaid() throws Exception {
    List<String> firstPass = ids(select("q", "city war"));
    for (SolrDocument hit :
        page("city war", "[crossencoder]", "rq", RQ).getResults().subList(0, 5)) {
      NamedList<Object> ce = ce(hit);
      assertEquals(score(hit), ce.get("logit"));
      double probability = 1 / (1 + Math.exp(-score(hit)));
      assertEquals(probability, (Float) ce.get("probability"), 1e-6);
      assertEquals(firstPass.indexOf(hit.get("id")) + 1, ce.get("firstPassRank"));
      assertEquals(true, ce.get("reranked"));
      assertEquals(false, ce.get("truncated"));
    }
  }

  @Test
  public void theLogitIsTheModelsWhateverTheBlend() throws Exception {
    String rq = "{!crossencoder reRankDocs=5 blend='100 + ce'}";
    for (SolrDocument hit : page("robots", "[crossencoder]", "rq", rq).getResults().subList(0, 5)) {
      assertEquals(score(hit) - 100, (Float) ce(hit).get("logit"), 1e-3);
    }
  }

  @Test
  public void aHitOfTheTailWasNotReranked() throws Exception {
    for (SolrDocument hit :
        page("vietnam war", "[crossencoder]", "rq", RQ).getResults().subList(5, 8)) {
      assertEquals(false, ce(hit).get("reranked"));
      assertNull(ce(hit).get("logit"));
      assertNull(ce(hit).get("firstPassRank"));
    }
  }

  @Test
  public void aHitOfTheTailHasALogitIfItIsAskedFor() throws Exception {
    for (SolrDocument hit :
        page("vietnam war", "[crossencoder tail=true]", "rq", RQ).getResults().subList(5, 8)) {
      assertEquals(false, ce(hit).get("reranked"));
      assertNotNull(ce(hit).get("logit"));
    }
  }

  @Test
  public void aPageFromTheResultCacheHasTheSameLogits() throws Exception {
    QueryResponse first = page("love and war", "[crossencoder]", "rq", RQ);
    QueryResponse second = page("love and war", "[crossencoder]", "rq", RQ);
    assertEquals("queryResultCache", section(second).get("outcome"));
    for (int i = 0; i < 8; i++) {
      NamedList<Object> before = ce(first.getResults().get(i));
      NamedList<Object> after = ce(second.getResults().get(i));
      assertEquals(before.get("logit"), after.get("logit"));
      assertEquals(before.get("reranked"), after.get("reranked"));
      assertNull("nobody knows any more", after.get("firstPassRank"));
    }
  }

  @Test
  public void theRequestOfAShardForFieldsHasTheLogits() throws Exception {
    List<SolrDocument> page = page("prison", "[crossencoder]", "rq", RQ).getResults();
    String[] best = {(String) page.get(0).get("id"), (String) page.get(1).get("id")};
    QueryResponse fields =
        page("prison", "[crossencoder]", "rq", RQ, "ids", String.join(",", best));
    assertEquals(2, fields.getResults().size());
    for (int i = 0; i < 2; i++) {
      NamedList<Object> ce = ce(fields.getResults().get(i));
      assertEquals(ce(page.get(i)).get("logit"), ce.get("logit"));
      assertNull("its own request does not know", ce.get("reranked"));
    }
  }

  @Test
  public void argumentsOfItsOwnNeedNoRerank() throws Exception {
    QueryResponse page = page("war", "[crossencoder query=$t fields=title]", "t", "vietnam war");
    QueryResponse reranked =
        select("q", "war", "rows", "8", "rq", "{!crossencoder query='vietnam war' fields=title}");
    for (SolrDocument hit : page.getResults()) {
      assertEquals(false, ce(hit).get("reranked"));
      assertNotNull(ce(hit).get("logit"));
      for (SolrDocument other : reranked.getResults()) {
        if (other.get("id").equals(hit.get("id"))) {
          assertEquals(other.get("score"), ce(hit).get("logit"));
        }
      }
    }
  }

  @Test
  public void aRealTimeGetIsScored() throws Exception {
    String id = ids(select("q", "prison")).get(0);
    var response =
        solr.getSolrClient("tmdb")
            .getById(
                id,
                new org.apache.solr.common.params.ModifiableSolrParams()
                    .set("fl", "id,ce:[crossencoder query=prison]"));
    assertNotNull(ce(response).get("logit"));
  }

  @Test
  public void theWindowIsTheTextThatWon() throws Exception {
    var client = solr.getSolrClient("tmdb");
    String filler = "The village waits for rain. ".repeat(100);
    client.add(
        new SolrInputDocument(
            "id", "long",
            "title", "Zyzzyva",
            "overview", filler + "A soldier writes of the vietnam war. " + filler));
    client.commit();
    try {
      String rq = "{!crossencoder query='vietnam war' passage=maxp maxWindows=20}";
      QueryResponse page = page("zyzzyva", "[crossencoder window=true]", "rq", rq);
      NamedList<Object> ce = ce(page.getResults().get(0));
      String window = (String) ce.get("window");
      assertTrue(window, window.startsWith("Zyzzyva\n\n") && window.contains("vietnam war"));
      assertTrue(window.length() < filler.length());
      assertEquals(score(page.getResults().get(0)), ce.get("logit"));
      assertEquals(false, ce.get("truncated"));
    } finally {
      client.deleteById("long");
      client.commit();
    }
  }

  @Test
  public void whatNoRerankOrderedIsNotReranked() throws Exception {
    String[] more = {"mlt", "true", "mlt.fl", "overview", "mlt.mintf", "1", "mlt.mindf", "1"};
    for (int attempt = 0; attempt < 2; attempt++) {
      QueryResponse page = page("space war", "[crossencoder]", with(more, "rq", RQ));
      assertEquals(true, ce(page.getResults().get(0)).get("reranked"));
      page.getMoreLikeThis()
          .forEach(
              (id, similar) ->
                  similar.forEach(
                      other -> {
                        assertEquals(false, ce(other).get("reranked"));
                        assertNull(ce(other).get("firstPassRank"));
                      }));
    }
    var handler = new org.apache.solr.handler.MoreLikeThisHandler();
    handler.init(new NamedList<>());
    try (var core = solr.getCoreContainer().getCore("tmdb")) {
      core.registerRequestHandler("/mlt", handler);
    }
    QueryResponse similar =
        page(
            "war",
            "[crossencoder]",
            with(more, "df", "overview", "rq", RQ, "qt", "/mlt", "mlt.match.include", "false"));
    assertTrue(similar.getResults().size() > 3);
    similar.getResults().forEach(hit -> assertEquals(false, ce(hit).get("reranked")));
  }

  @Test
  public void withNothingToCompareWithItSaysWhatToGive() {
    for (String rq : new String[] {null, "{!rerank reRankQuery=war}"}) {
      String[] request = {"q", "war", "fl", "id,[crossencoder]", "rq", rq};
      String message = badRequest(rq == null ? java.util.Arrays.copyOf(request, 4) : request);
      assertTrue(message, message.contains("requires rq={!crossencoder}"));
      assertTrue(message, message.contains("[crossencoder query=$q]"));
    }
  }

  @Test
  public void whatMatchesEverythingIsNotScored() throws Exception {
    for (SolrDocument hit : page("*:*", "[crossencoder tail=true]", "rq", RQ).getResults()) {
      assertEquals(false, ce(hit).get("reranked"));
      assertNull(ce(hit).get("logit"));
    }
  }

  @Test
  public void badArgumentsAreRefused() {
    String[][] bad = {
      {"[crossencoder reRankDocs=3]", "reRankDocs='3'"},
      {"[crossencoder query=war model=nope]", "model='nope'"},
      {"[crossencoder query=war window=true]", "passage=maxp"},
      {"[crossencoder query=war maxWindows=0]", "maxWindows='0'"},
    };
    for (String[] each : bad) {
      String message = badRequest("q", "war", "rq", RQ, "fl", each[0]);
      assertTrue(message, message.contains(each[1]));
    }
  }
}
