// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static io.crossencoder.solr.SpellingTest.MISSPELT;

import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.junit.BeforeClass;
import org.junit.Test;

/** Each shard counts the hits of its collations, and the coordinator merges them. */
public class CloudSpellingTest extends CloudTestCase {

  @BeforeClass
  public static void index() throws Exception {
    collection(FILMS, 2, 1, "ExactStatsCache", films());
  }

  @Test
  public void collationsAreThoseWithoutRqAndNotScored() throws Exception {
    for (String scope : SCOPES) {
      for (String mm : List.of("1", "100%")) {
        String[] request = FilmsTestCase.with(MISSPELT, "mm", mm);
        String without = select(FILMS, request).getResponse().get("spellcheck").toString();
        assertTrue(without, without.contains("collationQuery=vietnam prison, hits="));
        QueryResponse page = select(FILMS, FilmsTestCase.with(request, "rq", ask(scope)));
        assertEquals(without, page.getResponse().get("spellcheck").toString());
      }
      // The query has no hit, so only collations could be scored.
      String rq = "{!crossencoder query='asked in " + scope + "' reRankScope=" + scope + "}";
      QueryResponse page = select(FILMS, FilmsTestCase.with(MISSPELT, "rq", rq, "mm", "100%"));
      assertEquals(0, page.getResults().getNumFound());
      assertEquals(0, number(page, "candidates"));
      QueryResponse corrected = select(FILMS, "q", "vietnam prison", "mm", "1", "rq", rq);
      assertTrue(number(corrected, "scored") > 0);
      assertEquals(0, number(corrected, "cached"));
    }
  }
}
