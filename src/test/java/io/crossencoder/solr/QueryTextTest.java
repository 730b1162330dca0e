// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.request.json.JsonQueryRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;

/** Without {@code query=}, the text of the user is found in any kind of query. */
public class QueryTextTest extends FilmsTestCase {

  private static final String Q = "vietnam war";
  private static final String RQ = "{!crossencoder reRankDocs=30 blend=ce cache=false}";
  private static final String[] WORDS = {
    "uq", Q, "lex", "{!edismax qf='title overview' v=$uq}", "num", "{!func}vote_count"
  };

  /** The logits of the page are those of this text. */
  private static void assertText(String text, String... params) throws Exception {
    QueryResponse page = select(with(with(params, WORDS), "rq", RQ, "rows", "5", "fl", "id,score"));
    assertEquals("complete", section(page).get("outcome"));
    assertFalse("hits", page.getResults().isEmpty());
    QueryResponse named =
        select(
            with(
                with(params, WORDS),
                "rq",
                "{!crossencoder reRankDocs=30 blend=ce cache=false query=$text}",
                "text",
                text,
                "rows",
                "5",
                "fl",
                "id,score"));
    assertEquals(scores(named), scores(page));
  }

  private static List<String> scores(QueryResponse page) {
    return page.getResults().stream().map(hit -> hit.get("id") + " " + hit.get("score")).toList();
  }

  /** The first-pass order, a section with the reason, and no inference. */
  private static void assertNoText(String... params) throws Exception {
    String[] all = with(with(params, WORDS), "fl", "id", "rows", "20");
    QueryResponse page = select(with(all, "rq", RQ));
    assertEquals(ids(select(all)), ids(page));
    NamedList<Object> section = section(page);
    assertEquals("skipped", section.get("outcome"));
    assertTrue(section.toString(), section.get("hint").toString().contains("set query="));
    assertNull(section.get("scored"));
  }

  @Test
  public void ofParsersForWords() throws Exception {
    assertText(Q, "q", Q);
    assertText(Q, "q", Q, "defType", "dismax", "qf", "title overview");
    assertText(Q, "q", Q, "defType", "simple", "qf", "title overview");
    assertText(Q, "q", Q, "defType", "lucene");
    assertText(Q, "q", "{!field f=overview}vietnam war", "defType", "lucene");
    assertText(Q, "q", "{!edismax qf='title overview' v=$uq}", "defType", "lucene");
  }

  @Test
  public void ofQueriesInOtherQueries() throws Exception {
    for (String q :
        List.of(
            "{!bool should=$lex should=$num}",
            "{!bool must=$lex must_not='{!lucene df=title}love' filter='genres:War'}",
            "{!boost b=vote_count v=$lex}",
            "+{!edismax qf='title overview' v=$uq}",
            "_query_:\"{!edismax qf='title overview' v=$uq}\"",
            "{!query v=$lex}",
            "title:vietnam^2 overview:war vote_count:[10 TO *] -title:love",
            "title:vietnam {!edismax qf=overview v=war}",
            "+{!edismax qf=overview v=vietnam} title:war")) {
      assertText(Q, "q", q, "defType", "lucene");
    }
  }

  @Test
  public void theDefaultParserOfAnInnerQueryIsThatOfTheOuter() throws Exception {
    for (String outer : List.of("boost b=vote_count", "query", "filters param=$none")) {
      String q = "{!" + outer + " defType=edismax v=$uq}";
      assertText("vietnam -love", "q", q, "defType", "lucene", "uq", "vietnam -love");
    }
  }

  @Test
  public void ofAJsonRequest() throws Exception {
    Map<String, Object> edismax = Map.of("edismax", Map.of("qf", "title overview", "query", Q));
    JsonQueryRequest request =
        new JsonQueryRequest()
            .setQuery(Map.of("boost", Map.of("b", "vote_count", "query", edismax)))
            .withParam("rq", RQ);
    QueryResponse page = request.process(solr.getSolrClient("tmdb"));
    assertEquals("complete", section(page).get("outcome"));
    request.withParam(
        "rq", "{!crossencoder reRankDocs=30 blend=ce cache=false query='vietnam war'}");
    assertEquals(ids(request.process(solr.getSolrClient("tmdb"))), ids(page));
  }

  @Test
  public void ofNothingThatHasNoWords() throws Exception {
    for (String q :
        List.of(
            "{!func}vote_count",
            "{!terms f=id}603,604,605",
            "{!frange l=10}vote_count",
            "vote_count:[10 TO 1000]",
            "genres:War",
            "id:603",
            "{!join from=id to=id}title:war",
            "{!bool should=$num}",
            "*:*")) {
      assertNoText("q", q, "defType", "lucene");
    }
  }

  @Test
  public void textThatLooksLikeSyntaxIsText() throws Exception {
    for (String q :
        List.of("{!foo", "{!foo bar}", "{!knn f=x}[1,2]", "$x", "${", "war {!", "a:b")) {
      int plain = select("q", q, "fl", "id").getStatus();
      assertEquals(q, plain, select("q", q, "fl", "id", "rq", RQ).getStatus());
    }
  }

  @Test
  public void whiteSpaceIsNoText() throws Exception {
    assertText(Q, "q", "  vietnam \n\t war ");
    List<String> one = scores(select("q", Q, "rq", "{!crossencoder query='vietnam war'}"));
    assertEquals(
        one, scores(select("q", Q, "rq", "{!crossencoder query=$t}", "t", "\nvietnam\n\nwar\n")));
  }

  @Test
  public void aVeryLongTextIsCutAndCounted() throws Exception {
    QueryResponse page =
        select("q", Q, "rq", "{!crossencoder reRankDocs=5 query=$t}", "t", "war ".repeat(5000));
    assertEquals("complete", section(page).get("outcome"));
    assertEquals(5, section(page).get("truncated"));
  }
}
