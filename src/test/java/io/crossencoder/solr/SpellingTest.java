// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.util.LogListener;
import org.junit.Test;

/** Solr's spellchecker runs the request again for each collation to count hits. */
public class SpellingTest extends FullConfigTestCase {

  static final String[] MISSPELT = {
    "q",
    "vietnm prisn",
    "q.op",
    "OR",
    "spellcheck",
    "true",
    "spellcheck.collate",
    "true",
    "spellcheck.collateExtendedResults",
    "true",
    "spellcheck.maxCollations",
    "3",
    "spellcheck.maxCollationTries",
    "10"
  };

  private static void assertSameCollations(String rq, String... more) throws Exception {
    String[] request = with(MISSPELT, more);
    String without = select(request).getResponse().get("spellcheck").toString();
    assertTrue(without, without.contains("collationQuery=vietnam prison, hits="));
    try (LogListener log = LogListener.warn("org.apache.solr.spelling.SpellCheckCollator")) {
      QueryResponse reranked = select(with(request, "rq", rq));
      assertEquals(without, reranked.getResponse().get("spellcheck").toString());
      assertEquals(rq, 0, log.getCount());
    }
  }

  @Test
  public void collationsAreTheSame() throws Exception {
    assertSameCollations("{!crossencoder}");
    assertSameCollations("{!crossencoder}", "sort", "score desc,id asc");
    assertSameCollations("{!crossencoder minScore=100}");
    assertSameCollations("{!crossencoder}", "spellcheck.collateMaxCollectDocs", "5");
    assertSameCollations("{!crossencoder}", "facet", "true", "facet.field", "genres");
  }

  @Test
  public void theyAreNotRescored() throws Exception {
    // The query has no hit, so only collations could be scored.
    Map<String, String> nothing = Map.of("candidates", "0", "outcome", "complete");
    QueryResponse page =
        select(with(MISSPELT, "rq", "{!crossencoder query='not asked before'}", "mm", "100%"));
    assertEquals(0, page.getResults().getNumFound());
    nothing.forEach((name, value) -> assertEquals(value, section(page).get(name).toString()));
    QueryResponse corrected =
        select("q", "vietnam prison", "mm", "1", "rq", "{!crossencoder query='not asked before'}");
    assertEquals(0, section(corrected).get("cached"));
  }
}
