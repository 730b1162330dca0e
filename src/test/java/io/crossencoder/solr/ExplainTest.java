// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;

/** {@code debug} explains the scores without computing them again. */
public class ExplainTest extends FilmsTestCase {

  private static QueryResponse explained(String q) throws Exception {
    return select(
        "q",
        q,
        "rows",
        "8",
        "debug",
        "results",
        "debug",
        "timing",
        "rq",
        "{!crossencoder reRankDocs=5 blend='ce + 0.1*score'}");
  }

  @Test
  public void aRerankedHitIsExplainedByBlendLogitFirstPassAndPlaces() throws Exception {
    QueryResponse response = explained("vietnam war");
    Map<String, Object> explanations = response.getExplainMap();
    for (SolrDocument hit : response.getResults().subList(0, 5)) {
      String text = explanations.get(hit.get("id")).toString();
      assertTrue(text, text.trim().startsWith(Float.toString(score(hit))));
      for (String part :
          new String[] {
            "tmdb-starter", "from place", "blend 'ce + 0.1*score'", "logit", "first-pass score"
          }) {
        assertTrue(text, text.contains(part));
      }
    }
  }

  @Test
  public void everyVariableOfTheFormulaHasItsValue() throws Exception {
    QueryResponse response =
        select(
            "q", "vietnam war",
            "rows", "5",
            "fl", "id,score,popularity,vote_count,ce:[crossencoder]",
            "debug", "results",
            "rq", "{!crossencoder blend='ce + 2*ceProb + ln(1+popularity) + 0.01*vote_count'}");
    for (SolrDocument hit : response.getResults()) {
      String text = response.getExplainMap().get(hit.get("id")).toString();
      NamedList<?> ce = (NamedList<?>) hit.get("ce");
      assertTrue(text, text.contains(ce.get("logit") + " = ce, logit"));
      assertTrue(text, text.contains(ce.get("probability") + " = ceProb"));
      assertTrue(text, text.contains(hit.get("popularity") + " = popularity, field"));
      assertTrue(text, text.contains(hit.get("vote_count") + ".0 = vote_count, field"));
    }
  }

  @Test
  public void whatDoesNotMatchWasNotReranked() throws Exception {
    QueryResponse response =
        select(
            "q", "vietnam war",
            "debug", "results",
            "explainOther", "title:dracula",
            "rq", "{!crossencoder}");
    Map<?, ?> others = (Map<?, ?>) response.getDebugMap().get("explainOther");
    assertFalse(others.isEmpty());
    for (Object text : others.values()) {
      assertFalse(text.toString(), text.toString().contains("rerank"));
      assertTrue(text.toString(), text.toString().trim().startsWith("0.0 = "));
    }
  }

  @Test
  public void aHitOfTheTailIsExplainedAsOne() throws Exception {
    QueryResponse response = explained("vietnam war");
    for (SolrDocument hit : response.getResults().subList(5, 8)) {
      String text = response.getExplainMap().get(hit.get("id")).toString();
      assertTrue(text, text.trim().startsWith(Float.toString(score(hit))));
      assertTrue(text, text.contains("not among the top 5 documents, which were reranked"));
    }
  }

  @Test
  public void debugCostsNoInference() throws Exception {
    select("q", "vampire love", "rq", "{!crossencoder reRankDocs=5 blend='ce + 0.1*score'}");
    NamedList<Object> section = section(explained("vampire love"));
    assertEquals(section.get("candidates"), section.get("cached"));
  }

  @Test
  public void theTimingHasALineOfTheRerank() throws Exception {
    Object timing = explained("prison").getDebugMap().get("timing");
    assertTrue(timing.toString(), timing.toString().contains("crossencoder={time="));
  }
}
