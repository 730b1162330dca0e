// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;

/** {@code debug} tells where a score comes from, at no cost. */
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
            "tmdb-starter", "from place", "blend 'ce + 0.1*score'", "logit", "of the first pass"
          }) {
        assertTrue(text, text.contains(part));
      }
    }
  }

  @Test
  public void aHitOfTheTailIsExplainedAsOne() throws Exception {
    QueryResponse response = explained("vietnam war");
    for (SolrDocument hit : response.getResults().subList(5, 8)) {
      String text = response.getExplainMap().get(hit.get("id")).toString();
      assertTrue(text, text.trim().startsWith(Float.toString(score(hit))));
      assertTrue(text, text.contains("behind the rerank window of 5"));
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
