// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.HashSet;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;
import org.junit.Test;

/** Any query and filter can be the first pass. */
public class FirstPassTest extends FullConfigTestCase {

  private static final String NEAREST = "{!knn f=vector_of_four topK=20}[0.9, 0.1, 0.5, 0.3]";

  @Test
  public void edismaxWithBoosts() throws Exception {
    assertReranked(Q, "q", Q, "bf", "log(sum(vote_count,1))");
    assertReranked(Q, "q", Q, "bq", "genres:War^5");
    assertReranked(Q, "q", Q, "boost", "sum(popularity,1)");
    assertReranked(Q, "q", Q, "mm", "1", "tie", "0.5", "ps", "3", "pf2", "overview");
  }

  @Test
  public void luceneWithWildcardsRangesAndFuzzyTerms() throws Exception {
    assertReranked("war", "defType", "lucene", "q", "overview:wa*");
    assertReranked("war", "defType", "lucene", "q", "overview:w?r");
    assertReranked("war", "defType", "lucene", "q", "overview:war~1");
    assertReranked("war", "defType", "lucene", "q", "overview:[wa TO wb]");
    assertReranked("war", "defType", "lucene", "q", "vote_count:[5000 TO *]");
    assertReranked("war", "defType", "lucene", "q", "overview:\"the war\"~4 title:/w.*r/");
  }

  @Test
  public void whatOnlyForbids() throws Exception {
    assertReranked("peace", "defType", "lucene", "q", "-overview:war");
    assertReranked("peace", "defType", "lucene", "q", "-overview:war -genres:War", "mm", "1");
  }

  @Test
  public void constantScoresAndFunctions() throws Exception {
    assertReranked("war", "defType", "lucene", "q", "overview:war^=3");
    assertReranked("war", "defType", "func", "q", "popularity");
    assertReranked("war", "defType", "lucene", "q", "{!boost b=popularity}overview:war");
    assertReranked("war", "defType", "lucene", "q", "{!dismax qf='title overview'}war");
  }

  @Test
  public void noQueryIsEveryDocument() throws Exception {
    String[] nothing = {"defType", "lucene", "q", "{!cache=false}"};
    long all = select(nothing).getResults().getNumFound();
    assertEquals(all, assertReranked("war", nothing).getResults().getNumFound());
  }

  @Test
  public void vectors() throws Exception {
    assertReranked("a long journey", "defType", "lucene", "q", NEAREST);
    assertReranked(
        "a long journey", "defType", "lucene", "q", NEAREST, "fq", "original_language:en");
  }

  @Test
  public void lexicalAndVectorTogether() throws Exception {
    QueryResponse page =
        assertReranked(
            Q,
            "defType",
            "lucene",
            "q",
            "{!bool should=$lexical should=$nearest}",
            "lexical",
            "{!edismax qf='title overview' v='vietnam'}",
            "nearest",
            NEAREST);
    List<String> nearest = ids(select("defType", "lucene", "q", NEAREST, "rows", "20"));
    assertTrue("some come from the vectors", ids(page).stream().anyMatch(nearest::contains));
    assertFalse("and some do not", nearest.containsAll(ids(page)));
  }

  @Test
  public void filtersCachedAndNotAndPostFilters() throws Exception {
    assertReranked(Q, "q", Q, "fq", "genres:War", "fq", "original_language:en");
    assertReranked(Q, "q", Q, "fq", "{!cache=false}genres:War");
    assertReranked(Q, "q", Q, "fq", "{!frange l=10 cache=false cost=200}popularity");
    assertReranked(Q, "q", Q, "fq", "{!frange l=0.1 cache=false cost=200}query($q)");
  }

  @Test
  public void headsOfCollapsedGroups() throws Exception {
    QueryResponse page = assertReranked(Q, "q", Q, "fq", "{!collapse field=original_language}");
    List<Object> languages =
        select(
                "q",
                Q,
                "rq",
                "{!crossencoder}",
                "fq",
                "{!collapse field=original_language}",
                "fl",
                "original_language")
            .getResults()
            .stream()
            .map(hit -> hit.get("original_language"))
            .toList();
    assertEquals(languages.size(), new HashSet<>(languages).size());
    assertTrue(page.getResults().getNumFound() < 15);
  }

  @Test
  public void expandedGroupsKeepTheOrderOfTheFirstPass() throws Exception {
    String[] request = {
      // A page with all groups, because the model determines the first ten.
      "q",
      Q,
      "rows",
      "50",
      "fq",
      "{!collapse field=original_language}",
      "expand",
      "true",
      "expand.rows",
      "10"
    };
    var without = select(request).getExpandedResults();
    var reranked = select(with(request, "rq", "{!crossencoder}")).getExpandedResults();
    assertEquals(without.keySet(), reranked.keySet());
    assertTrue("the English films", without.get("en").size() > 3);
    without.forEach(
        (language, films) ->
            assertEquals(
                films.stream().map(film -> film.get("id")).toList(),
                reranked.get(language).stream().map(film -> film.get("id")).toList()));
  }

  @Test
  public void deletedDocumentsAreNotThere() throws Exception {
    QueryResponse page = select("q", Q, "rows", "50", "rq", "{!crossencoder}");
    assertTrue(ids(page).stream().noneMatch(id -> id.startsWith("deleted")));
    assertEquals(4, solrSegments());
  }

  private static int solrSegments() {
    try (var core = solr.getCoreContainer().getCore("tmdb")) {
      return core.withSearcher(searcher -> searcher.getIndexReader().leaves().size());
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  public void parentsFoundByTheirChildren() throws Exception {
    SolrClient client = solr.getSolrClient("tmdb");
    for (int i = 0; i < 6; i++) {
      SolrInputDocument parent =
          new SolrInputDocument(
              "id", "parent" + i, "kind", "parent", "title", "War " + "x".repeat(i));
      parent.addField("overview", "A tale of " + "war ".repeat(i) + "and peace");
      parent.addChildDocument(
          new SolrInputDocument("id", "child" + i, "kind", "review", "tagline", "a zyzzyva story"));
      client.add(parent);
    }
    client.commit();
    try {
      String parents = "{!parent which=$parents score=max v='tagline:zyzzyva'}";
      QueryResponse page =
          assertReranked("war", "defType", "lucene", "q", parents, "parents", "kind:(parent film)");
      assertEquals(6, page.getResults().size());
    } finally {
      client.deleteByQuery("kind:(parent review)");
      client.commit();
    }
  }

  @Test
  public void textsOfSeveralValuesAndLargeOnes() throws Exception {
    SolrClient client = solr.getSolrClient("tmdb");
    SolrInputDocument film = new SolrInputDocument("id", "large", "title", "Zyzzyva");
    film.addField("keywords", List.of("soldier", "jungle"));
    film.addField("script", "A soldier walks. ".repeat(100_000));
    client.add(film);
    client.commit();
    try {
      for (String fields : List.of("keywords", "script", "keywords,script,genres")) {
        QueryResponse page =
            select("q", "zyzzyva", "rq", "{!crossencoder query=soldier fields='" + fields + "'}");
        assertEquals(1, section(page).get("scored"));
        assertEquals("complete", section(page).get("outcome"));
      }
    } finally {
      client.deleteById("large");
      client.commit();
    }
  }

  @Test
  public void theScoreNeedNotBeAskedFor() throws Exception {
    List<String> expected = ids(select("q", Q, "rq", "{!crossencoder}"));
    assertEquals(expected, ids(select("q", Q, "fl", "id", "rq", "{!crossencoder}")));
    assertEquals(
        expected,
        ids(select("q", Q, "fl", "id", CommonParams.SORT, "score desc", "rq", "{!crossencoder}")));
  }
}
