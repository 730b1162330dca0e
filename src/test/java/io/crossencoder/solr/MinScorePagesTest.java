// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.Test;

/** Pages with {@code minScore}, alone and with facets over all hits. */
public class MinScorePagesTest extends FilmsTestCase {

  private static final String[] REQUEST = {
    "q", "war", "fl", "id,score,originalScore()", "rq", "{!crossencoder minScore=0.2}"
  };

  private static final List<String[]> BESIDE =
      List.of(
          new String[] {},
          new String[] {"facet", "true", "facet.field", "genres"},
          new String[] {"json.facet", "{languages:{type:terms,field:original_language}}"},
          new String[] {"stats", "true", "stats.field", "popularity"});

  private static List<SolrDocument> whole() throws Exception {
    List<SolrDocument> whole = new ArrayList<>(select(with(REQUEST, "rows", "100")).getResults());
    assertTrue(whole.size() + " stay", whole.size() > 5 && whole.size() < 50);
    return whole;
  }

  @Test
  public void pagesAreSlicesOfTheWhole() throws Exception {
    List<SolrDocument> whole = whole();
    for (String[] beside : BESIDE) {
      List<SolrDocument> pages = new ArrayList<>();
      for (int start = 0; start <= whole.size(); start += 3) {
        String[] page = with(REQUEST, "rows", "3", "start", String.valueOf(start));
        pages.addAll(select(with(page, beside)).getResults());
      }
      assertEquals(String.join(" ", beside), whole.toString(), pages.toString());
    }
  }

  @Test
  public void aPageBeginsWhereTheRequestWantsIt() throws Exception {
    int staying = whole().size();
    for (String[] beside : BESIDE) {
      for (int start : new int[] {1, staying - 1, staying, staying + 1, 90, 1000}) {
        String[] request = with(REQUEST, "rows", "4", "start", String.valueOf(start));
        QueryResponse page = select(with(request, beside));
        assertEquals(String.join(" ", beside), start, page.getResults().getStart());
        assertEquals(Math.max(0, Math.min(4, staying - start)), page.getResults().size());
        assertEquals(staying, page.getResults().getNumFound());
      }
    }
  }
}
