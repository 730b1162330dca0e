// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.TailScores;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.Test;

/** Pages are slices of one order: reranked documents, then the others. */
public class PagingTest extends FilmsTestCase {

  private static final String WINDOW_OF_7 = "{!crossencoder reRankDocs=7}";

  @Test
  public void theWindowStandsAboveTheTailWhichKeepsItsOrder() throws Exception {
    List<String> firstPass = ids(select("q", "vietnam war", "rows", "40"));
    List<String> reranked = ids(select("q", "vietnam war", "rows", "40", "rq", WINDOW_OF_7));
    assertEquals(firstPass.subList(7, 40), reranked.subList(7, 40));
    assertEquals(
        firstPass.subList(0, 7).stream().sorted().toList(),
        reranked.subList(0, 7).stream().sorted().toList());
  }

  @Test
  public void scoresFallOverTheWholePage() throws Exception {
    QueryResponse page = select("q", "vietnam war", "rows", "40", "rq", WINDOW_OF_7);
    float last = Float.POSITIVE_INFINITY;
    for (int i = 0; i < page.getResults().size(); i++) {
      float score = score(page.getResults().get(i));
      assertTrue(score + " after " + last, score <= last);
      assertEquals("hit " + i, i >= 7, score < TailScores.FLOOR);
      last = score;
    }
  }

  @Test
  public void pagesOfAnySizeAreSlicesOfTheWhole() throws Exception {
    List<String> whole = ids(select("q", "vietnam war", "rows", "40", "rq", WINDOW_OF_7));
    for (int rows : new int[] {1, 3, 7, 8, 13}) {
      List<String> pages = new ArrayList<>();
      for (int start = 0; pages.size() < 40; start += rows) {
        int left = Math.min(rows, 40 - start);
        pages.addAll(
            ids(
                select(
                    "q",
                    "vietnam war",
                    "rq",
                    WINDOW_OF_7,
                    "start",
                    String.valueOf(start),
                    "rows",
                    String.valueOf(left))));
      }
      assertEquals("rows=" + rows, whole, pages);
    }
  }

  @Test
  public void originalScoresAreThoseOfTheFirstPassOnEveryPage() throws Exception {
    QueryResponse page =
        select(
            "q",
            "vietnam war",
            "rq",
            WINDOW_OF_7,
            "start",
            "5",
            "rows",
            "5",
            "fl",
            "id,score,bm25:originalScore()");
    for (SolrDocument hit : page.getResults()) {
      assertTrue(hit.toString(), (Float) hit.get("bm25") > 0);
    }
  }

  @Test
  public void theTailKeepsItsOrderHoweverLargeItsScores() throws Exception {
    for (String boost : List.of("vote_count", "product(vote_count,1000)", "div(vote_count,1e6)")) {
      String[] request = {"q", "war love life", "q.op", "OR", "bf", boost, "rows", "200"};
      List<String> firstPass = ids(select(request));
      QueryResponse page = select(with(request, "rq", "{!crossencoder reRankDocs=5}"));
      int hits = firstPass.size();
      assertTrue(boost, hits > 50);
      assertEquals(boost, firstPass.subList(5, hits), ids(page).subList(5, hits));
      for (int i = 1; i < hits; i++) {
        float before = score(page.getResults().get(i - 1));
        assertTrue(boost + " at " + i, score(page.getResults().get(i)) <= before);
      }
    }
  }
}
