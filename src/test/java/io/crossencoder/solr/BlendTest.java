// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.Test;

/** The final score of what the model, the first pass and the fields say. */
public class BlendTest extends FilmsTestCase {

  private static final String FIELDS = "id,score,bm25:originalScore(),popularity";

  /** A page and, for each of its hits, the logit. */
  private static QueryResponse page(String local) throws Exception {
    return select(
        "q",
        "vietnam war",
        "rows",
        "20",
        "fl",
        FIELDS,
        "rq",
        "{!crossencoder reRankDocs=20 " + local + "}");
  }

  private static Map<Object, Float> logits() throws Exception {
    return page("").getResults().stream()
        .collect(Collectors.toMap(hit -> hit.get("id"), FilmsTestCase::score));
  }

  private static double popularity(SolrDocument hit) {
    return hit.get("popularity") == null ? 0 : (Float) hit.get("popularity");
  }

  @Test
  public void aFormulaOverLogitFirstPassAndFields() throws Exception {
    Map<Object, Float> logits = logits();
    QueryResponse page = page("blend='ce + 0.3*ln(1+popularity) + 0.05*score'");
    float last = Float.POSITIVE_INFINITY;
    for (SolrDocument hit : page.getResults()) {
      double expected =
          logits.get(hit.get("id"))
              + 0.3 * Math.log(1 + popularity(hit))
              + 0.05 * (Float) hit.get("bm25");
      assertEquals(expected, score(hit), 1e-4);
      assertTrue(score(hit) <= last);
      last = score(hit);
    }
  }

  @Test
  public void theProbabilityIsTheSigmoid() throws Exception {
    Map<Object, Float> logits = logits();
    for (SolrDocument hit : page("blend=ceProb").getResults()) {
      assertEquals(1 / (1 + Math.exp(-logits.get(hit.get("id")))), score(hit), 1e-5);
    }
  }

  @Test
  public void solrsOwnOperators() throws Exception {
    Map<Object, Float> logits = logits();
    for (SolrDocument hit : page("reRankWeight=3").getResults()) {
      float expected = (Float) hit.get("bm25") + 3 * logits.get(hit.get("id"));
      assertEquals(expected, score(hit), 1e-3);
    }
    for (SolrDocument hit : page("reRankOperator=multiply reRankWeight=0.5").getResults()) {
      float expected = (Float) hit.get("bm25") * 0.5f * logits.get(hit.get("id"));
      assertEquals(expected, score(hit), 1e-3);
    }
    for (SolrDocument hit : page("reRankOperator=replace").getResults()) {
      assertEquals(2 * logits.get(hit.get("id")), score(hit), 1e-4);
    }
  }

  @Test
  public void aFormulaThatGivesNoNumberPutsTheHitLastInTheWindow() throws Exception {
    QueryResponse page = page("blend='sqrt(0-1)' reRankDocs=5");
    assertEquals(20, page.getResults().size());
    for (SolrDocument hit : page.getResults().subList(0, 5)) {
      assertEquals(-999f, score(hit), 0);
    }
  }

  @Test
  public void anotherBlendIsAnotherResultInTheCache() throws Exception {
    String q = "a king and his people";
    List<String> byModel = ids(select("q", q, "rq", "{!crossencoder}"));
    List<String> byPopularity =
        ids(select("q", q, "rq", "{!crossencoder blend='0*ce + popularity'}"));
    assertNotEquals(byModel, byPopularity);
  }

  @Test
  public void aBadFormulaIsRefusedWithThePosition() {
    for (String[] bad :
        new String[][] {
          {"ce + ", "position"},
          {"ce + nope", "nope is none of ce, ceProb, score"},
          {"ce + title", "title is none"},
          {"ce + genres", "genres is none"},
          {"ce + foo(1)", "foo"},
        }) {
      String message = badRequest("q", "war", "rq", "{!crossencoder blend='" + bad[0] + "'}");
      assertTrue(message, message.contains("blend='" + bad[0] + "'") && message.contains(bad[1]));
    }
    assertTrue(
        badRequest("q", "war", "rq", "{!crossencoder blend=ce reRankWeight=2}")
            .contains("not together"));
    assertTrue(
        badRequest("q", "war", "rq", "{!crossencoder reRankOperator=divide}")
            .contains("add, multiply or replace"));
    assertTrue(
        badRequest("q", "war", "rq", "{!crossencoder reRankWeight=much}").contains("a number"));
  }

  @Test
  public void minScoreTakesLowHitsOutOfTheWindow() throws Exception {
    QueryResponse all = page("");
    float least = score(all.getResults().get(7));
    QueryResponse cut = page("minScore=" + least);
    List<String> expected =
        all.getResults().stream()
            .filter(hit -> score(hit) >= least)
            .map(hit -> (String) hit.get("id"))
            .toList();
    assertEquals(expected, ids(cut).subList(0, expected.size()));
    assertEquals(all.getResults().getNumFound(), cut.getResults().getNumFound());
    assertEquals("the tail fills the page", 20, cut.getResults().size());
    List<String> firstPass = ids(select("q", "vietnam war", "rows", "40"));
    assertEquals(
        firstPass.subList(20, 40 - expected.size()), ids(cut).subList(expected.size(), 20));
  }
}
