// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.TailScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.Test;

/** The final score from the logit, the first-pass score and fields. */
public class BlendTest extends FilmsTestCase {

  private static final String FIELDS = "id,score,bm25:originalScore(),popularity";

  /** A page and the logit of each hit. */
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
      assertEquals(TailScores.FLOOR, score(hit), 0);
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
          {"ce + nope", "nope is not ce, ceProb, score"},
          {"ce + title", "title is not ce"},
          {"ce + genres", "genres is not ce"},
          {"ce + foo(1)", "foo"},
        }) {
      String message = badRequest("q", "war", "rq", "{!crossencoder blend='" + bad[0] + "'}");
      assertTrue(message, message.contains("blend='" + bad[0] + "'") && message.contains(bad[1]));
    }
    assertTrue(
        badRequest("q", "war", "rq", "{!crossencoder blend=ce reRankWeight=2}")
            .contains("cannot be combined"));
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
    assertEquals("neither those with a lower score nor those without one", expected, ids(cut));
    assertEquals(expected.size(), cut.getResults().getNumFound());
    long found = all.getResults().getNumFound();
    assertEquals((int) found - expected.size(), section(cut).get("removed"));
  }

  @Test
  public void minScoreMayLeaveFewHitsOrNone() throws Exception {
    String[] request = {"q", "vietnam war", "fq", "original_language:(ja fr it)", "rows", "20"};
    List<SolrDocument> all = select(with(request, "rq", "{!crossencoder}")).getResults();
    for (int kept : new int[] {0, 1, all.size() - 1}) {
      String least = kept == 0 ? "1000" : Float.toString(score(all.get(kept - 1)));
      String[] cut = with(request, "rq", "{!crossencoder minScore=" + least + "}");
      List<Object> expected = all.subList(0, kept).stream().map(hit -> hit.get("id")).toList();
      assertEquals(expected, ids(select(cut)));
      assertEquals(expected, ids(select(with(cut, "facet", "true", "facet.field", "genres"))));
      assertEquals(kept, select(cut).getResults().getNumFound());
      QueryResponse faceted = select(with(cut, "facet", "true", "facet.field", "genres"));
      assertEquals("beside facets of all hits", kept, faceted.getResults().getNumFound());
      assertEquals(List.of(), ids(select(with(cut, "start", String.valueOf(kept)))));
      assertEquals(List.of(), ids(select(with(cut, "start", String.valueOf(kept + 1)))));
    }
  }

  @Test
  public void minScoreBesideFacetsHasEveryPageWithTheScoresOfTheFirstPass() throws Exception {
    String[] request = {
      "q",
      "vietnam war",
      "rq",
      "{!crossencoder minScore=-100 reRankDocs=12}",
      "fl",
      "id,score,originalScore()",
      "facet",
      "true",
      "facet.field",
      "genres"
    };
    List<SolrDocument> all = select(with(request, "rows", "12")).getResults();
    assertEquals(12, all.size());
    List<SolrDocument> pages = new ArrayList<>();
    for (int start = 0; start < 12; start += 5) {
      pages.addAll(select(with(request, "rows", "5", "start", "" + start)).getResults());
    }
    assertEquals(new ArrayList<>(all).toString(), pages.toString());
    assertTrue((Float) pages.get(11).get("originalScore()") > 0);
  }

  @Test
  public void theOrderIsThatOfTheFormulaHoweverLowItsScores() throws Exception {
    List<String> byLogit = ids(page("blend=ce"));
    for (String blend : List.of("5000*ce", "ce-30000", "1e15*ce", "ce-1e21")) {
      if (!blend.equals("ce-1e21")) {
        assertEquals(blend, byLogit, ids(page("blend='" + blend + "'")));
      }
      float before = Float.MAX_VALUE;
      for (SolrDocument hit : page("blend='" + blend + "'").getResults()) {
        assertTrue(blend, score(hit) <= before);
        before = score(hit);
      }
    }
    assertEquals(byLogit, ids(page("reRankWeight=1000 reRankOperator=replace")));
  }

  @Test
  public void hitsOfTheSameScoreAreInTheOrderOfTheOtherCriteria() throws Exception {
    String rq = "{!crossencoder reRankDocs=20 blend='floor(ceProb*2)'}";
    for (String sort :
        List.of("score desc,id asc", "score desc, vote_count desc", "score  DESC ,id desc")) {
      QueryResponse page =
          select(
              "q",
              "vietnam war",
              "rq",
              rq,
              "rows",
              "20",
              "sort",
              sort,
              "fl",
              "id,score,vote_count");
      List<SolrDocument> hits = page.getResults();
      for (int i = 1; i < hits.size(); i++) {
        SolrDocument one = hits.get(i - 1);
        SolrDocument other = hits.get(i);
        int order = Float.compare(score(other), score(one));
        if (order == 0 && sort.contains("id")) {
          int ids = ((String) one.get("id")).compareTo((String) other.get("id"));
          order = sort.endsWith("asc") ? ids : -ids;
        } else if (order == 0) {
          order = (int) other.get("vote_count") - (int) one.get("vote_count");
        }
        assertTrue(sort + " " + one + " " + other, order <= 0);
      }
    }
  }
}
