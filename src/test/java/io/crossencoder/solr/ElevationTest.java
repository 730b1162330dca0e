// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.Test;

/** Elevated documents stay on top; the model orders the others. */
public class ElevationTest extends FullConfigTestCase {

  private static final String FINDING_NEMO = "12";
  private static final String STAR_WARS = "11";
  private static final String AMELIE = "194";
  private static final String ELEVATED = FINDING_NEMO + "," + STAR_WARS + "," + AMELIE;
  private static final List<String> ON_TOP = List.of(FINDING_NEMO, STAR_WARS, AMELIE);

  private static QueryResponse elevated(String rq, String... more) throws Exception {
    return select(with(more, "q", Q, "rows", "20", "rq", rq, "elevateIds", ELEVATED));
  }

  @Test
  public void elevatedFilmsStayOnTopInTheirOrderAndTheModelOrdersTheRest() throws Exception {
    List<SolrDocument> firstPass =
        select("q", Q, "rows", "20", "fl", "*", "elevateIds", ELEVATED).getResults();
    List<String> expected = new ArrayList<>(ON_TOP);
    expected.addAll(byModel(Q, firstPass.subList(3, 20)));
    assertEquals(expected, ids(elevated("{!crossencoder reRankDocs=20}")));
  }

  @Test
  public void theQueriesOfElevateXmlAreElevatedToo() throws Exception {
    QueryResponse page = select("q", "prison escape", "rq", "{!crossencoder}");
    assertEquals(STAR_WARS, ids(page).get(0));
    assertEquals("complete", section(page).get("outcome"));
  }

  @Test
  public void minScoreTakesNoElevatedFilmAway() throws Exception {
    List<String> page = ids(elevated("{!crossencoder reRankDocs=20 minScore=1000}"));
    assertEquals("and nothing else stays", ON_TOP, page);
  }

  @Test
  public void theElevatedStayOnTopWhereTheWindowIsSmallerThanTheirNumber() throws Exception {
    for (int reRankDocs = 1; reRankDocs <= 4; reRankDocs++) {
      String rq = "{!crossencoder reRankDocs=" + reRankDocs + "}";
      assertEquals(rq, ON_TOP, ids(elevated(rq)).subList(0, 3));
    }
  }

  @Test
  public void theElevatedStayOnTopOfScoresOfAnySize() throws Exception {
    for (String formula : List.of("ce*1e9", "1e30", "1/0", "0-1e30")) {
      QueryResponse page = elevated("{!crossencoder reRankDocs=20 blend='" + formula + "'}");
      assertEquals(formula, ON_TOP, ids(page).subList(0, 3));
    }
  }

  @Test
  public void anotherOrderOfTheElevatedIsAnotherResult() throws Exception {
    elevated("{!crossencoder}");
    List<String> turned = List.of(STAR_WARS, FINDING_NEMO);
    String ids = String.join(",", turned);
    for (int i = 0; i < 2; i++) {
      QueryResponse page = select("q", Q, "rq", "{!crossencoder}", "elevateIds", ids);
      assertEquals(turned, ids(page).subList(0, 2));
    }
  }

  @Test
  public void pagesAreSlicesOfTheWhole() throws Exception {
    List<String> whole = ids(elevated("{!crossencoder reRankDocs=7}"));
    List<String> pages = new ArrayList<>();
    for (int start = 0; start < 20; start += 2) {
      pages.addAll(
          ids(
              select(
                  "q",
                  Q,
                  "start",
                  String.valueOf(start),
                  "rows",
                  "2",
                  "elevateIds",
                  ELEVATED,
                  "rq",
                  "{!crossencoder reRankDocs=7}")));
    }
    assertEquals(whole, pages);
  }

  @Test
  public void theyStayOnTopOfAShortPageThatNoCacheKeeps() throws Exception {
    for (String uncached : List.of("{!crossencoder cache=false}", "{!crossencoder blend=-ce}")) {
      QueryResponse page = elevated(uncached, "debug", "results", "start", "0");
      assertEquals(ids(elevated(uncached)), ids(page));
      String[] two = {"q", Q, "rows", "2", "rq", uncached, "elevateIds", ELEVATED};
      assertEquals(ON_TOP.subList(0, 2), ids(select(with(two, "debug", "results"))));
    }
  }

  @Test
  public void withoutTheEditorsOrderTheModelOrdersTheElevated() throws Exception {
    String[] anyOrder = {"useConfiguredElevatedOrder", "false", "fl", "*"};
    List<SolrDocument> page = elevated("{!crossencoder}", anyOrder).getResults().subList(0, 3);
    assertEquals(byModel(Q, page), page.stream().map(film -> film.get("id")).toList());
    assertTrue(page.stream().allMatch(film -> ON_TOP.contains(film.get("id"))));
  }

  @Test
  public void excludedFilmsAreGone() throws Exception {
    List<String> all = ids(select("q", Q, "rq", "{!crossencoder}"));
    List<String> less = ids(select("q", Q, "rq", "{!crossencoder}", "excludeIds", all.get(0)));
    assertEquals(all.subList(1, 10), less.subList(0, 9));
  }

  @Test
  public void anExclusiveElevationIsAllThereIs() throws Exception {
    assertEquals(ON_TOP, ids(elevated("{!crossencoder}", "exclusive", "true")));
  }

  @Test
  public void theyStayOnTopOfCollapsedGroups() throws Exception {
    QueryResponse page = elevated("{!crossencoder}", "fq", "{!collapse field=original_language}");
    assertEquals(ON_TOP, ids(page).subList(0, 3));
  }

  @Test
  public void theyAreMarked() throws Exception {
    QueryResponse page = elevated("{!crossencoder}", "fl", "id,[elevated]");
    for (int i = 0; i < 20; i++) {
      assertEquals(i < 3, page.getResults().get(i).get("[elevated]"));
    }
  }

  @Test
  public void whatIsNotRerankedIsElevatedAsWell() throws Exception {
    QueryResponse page = select("q", "*:*", "rq", "{!crossencoder}", "elevateIds", ELEVATED);
    assertEquals(ON_TOP, ids(page).subList(0, 3));
    assertEquals("skipped", section(page).get("outcome"));
  }
}
