// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.junit.Test;

/** The bundled configset: the score is the logit unless a request sets a blend. */
public class ShippedBlendTest extends FilmsTestCase {

  private static final String[] WAR = {
    "q", "vietnam war", "rows", "20", "fl", "*,score,first:originalScore(),ce:[crossencoder]"
  };

  @Test
  public void theScoreIsTheModelsAlone() throws Exception {
    SolrDocumentList hits = select(with(WAR, "rq", "{!crossencoder}")).getResults();
    assertEquals(20, hits.size());
    for (SolrDocument hit : hits) {
      float logit = ((Number) ((Map<?, ?>) hit.get("ce")).get("logit")).floatValue();
      assertEquals(logit, ((Number) hit.get("score")).floatValue(), 0f);
    }
  }

  @Test
  public void aRequestHasAFormulaOfModelFirstPassAndFields() throws Exception {
    String blend = "ce + score/4 + ceProb*ln(1 + vote_count)/2";
    SolrDocumentList hits =
        select(with(WAR, "rq", "{!crossencoder blend=$blend}", "blend", blend)).getResults();
    for (SolrDocument hit : hits) {
      float logit = ((Number) ((Map<?, ?>) hit.get("ce")).get("logit")).floatValue();
      float first = ((Number) hit.get("first")).floatValue();
      int votes = ((Number) hit.getFieldValue("vote_count")).intValue();
      assertEquals(
          logit + first / 4 + Math.log1p(votes) / 2 / (1 + Math.exp(-logit)),
          ((Number) hit.get("score")).doubleValue(),
          1e-4);
    }
  }

  @Test
  public void aRequestHasTheOperatorsOfSolrsOwnReranker() throws Exception {
    SolrDocument best =
        select(with(WAR, "rq", "{!crossencoder reRankOperator=replace reRankWeight=2}"))
            .getResults()
            .get(0);
    float logit = ((Number) ((Map<?, ?>) best.get("ce")).get("logit")).floatValue();
    assertEquals(2 * logit, ((Number) best.get("score")).floatValue(), 1e-4);
    assertTrue(logit > 0);
  }
}
