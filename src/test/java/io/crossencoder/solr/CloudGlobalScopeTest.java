// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/** {@code reRankScope=global}: the order of one core, with the inferences of one core. */
public class CloudGlobalScopeTest extends CloudTestCase {

  private static final List<String> QUERIES =
      List.of(
          "a war in a far country",
          "star wars",
          "prison escape",
          "a love story in paris",
          "robots and the future of man",
          "the king");

  @BeforeClass
  public static void index() throws Exception {
    collection(FILMS, 2, 2, "ExactStatsCache", films());
    collection(ONE_CORE, 1, 1, "ExactStatsCache", byShard(FILMS, films()));
  }

  private static void assertSameHits(String request, QueryResponse one, QueryResponse global) {
    assertEquals(request, one.getResults().size(), global.getResults().size());
    for (int i = 0; i < one.getResults().size(); i++) {
      SolrDocument expected = one.getResults().get(i);
      SolrDocument hit = global.getResults().get(i);
      assertEquals(request, expected.keySet(), hit.keySet());
      for (Map.Entry<String, Object> field : expected) {
        Object value = hit.get(field.getKey());
        if (field.getValue() instanceof Float score) {
          assertEquals(request + hit, score, (Float) value, NOISE * Math.max(1, Math.abs(score)));
        } else {
          assertEquals(request, field.getValue(), value);
        }
      }
    }
  }

  private static String rq(String local) {
    return "{!crossencoder reRankScope=global " + local + "}";
  }

  private static QueryResponse assertAsInOneCore(String... params) throws Exception {
    QueryResponse global = select(FILMS, params);
    QueryResponse one = select(ONE_CORE, params);
    String request = String.join(" ", params);
    assertEquals(request, one.getResults().getNumFound(), global.getResults().getNumFound());
    assertEquals(request, one.getResults().getStart(), global.getResults().getStart());
    assertSameHits(request, one, global);
    return global;
  }

  @Test
  public void everyPageIsThatOfOneCore() throws Exception {
    for (String q : QUERIES) {
      for (int page = 0; page < 5; page++) {
        assertAsInOneCore(
            "q",
            q,
            "rq",
            rq("reRankDocs=25"),
            "start",
            String.valueOf(page * 10),
            "fl",
            "id,title");
      }
    }
  }

  @Test
  public void scoresAreThoseOfOneCoreUnderAnyName() throws Exception {
    for (String fl :
        List.of(
            "id,title,score,originalScore()",
            "id,title,s:score,bm25:originalScore()",
            "id,score",
            "id,s:score,bm25:originalScore()",
            "id,originalScore()",
            "title")) {
      assertAsInOneCore("q", "prison escape", "rq", rq("reRankDocs=15"), "rows", "30", "fl", fl);
      assertAsInOneCore(
          "q",
          "prison escape",
          "rq",
          rq("reRankDocs=15"),
          "fl",
          fl,
          "distrib.singlePass",
          "true",
          "start",
          "10");
    }
  }

  @Test
  public void blendsOverFirstPassAndFieldsAreThoseOfOneCore() throws Exception {
    for (String local :
        List.of(
            "blend='ce + 0.3*ln(1+popularity) + 0.05*score'",
            "blend='ceProb * vote_count'",
            "reRankWeight=3",
            "fields=title,keywords",
            "fields=title,overview,keywords passage=max",
            "fields=title,keywords passage=max maxWindows=2",
            "query='men at war'",
            "minScore=-6",
            "minScore=-6 reRankDocs=10",
            "minScore=100 reRankDocs=10",
            "blend=popularity")) {
      for (String start : List.of("0", "10", "20")) {
        assertAsInOneCore(
            "q", "a war in a far country", "rq", rq(local), "start", start, "fl", "id,title,score");
      }
    }
  }

  @Test
  public void elevatedDocumentsAreOnTopAsInOneCore() throws Exception {
    List<Object> ids = new ArrayList<>();
    select(ONE_CORE, "q", "*:*").getResults().forEach(hit -> ids.add(hit.get("id")));
    String elevated = ids.get(7) + "," + ids.get(1) + "," + ids.get(4);
    for (String local : List.of("reRankDocs=20", "minScore=-6", "blend='ceProb'")) {
      QueryResponse response =
          assertAsInOneCore("q", "prison escape", "rq", rq(local), "elevateIds", elevated);
      assertEquals(ids.get(7), response.getResults().get(0).get("id"));
      assertEquals(ids.get(1), response.getResults().get(1).get("id"));
    }
  }

  @Test
  public void theCostIsThatOfOneWindow() throws Exception {
    QueryResponse response = select(FILMS, "q", "a boxer in new york", "rq", rq("reRankDocs=20"));
    assertEquals(20, number(response, "candidates"));
    assertEquals(20, number(response, "scored"));
    assertEquals(2, number(response, "shards"));
    assertEquals("complete", section(response).get("outcome"));
    assertEquals("global", section(response).get("reRankScope"));
    QueryResponse one = select(ONE_CORE, "q", "a boxer in new york", "rq", rq("reRankDocs=20"));
    assertNull("one core is no scope", section(one).get("reRankScope"));
    // A node that was the coordinator before has cached scores.
    boolean known = number(one, "cached") > 0;
    assertEquals(known ? 20 : 0, number(one, "cached"));
    assertEquals(known ? 0 : number(response, "tokens"), number(one, "tokens"));
    assertTrue(number(response, "tokens") > 0);
  }

  @Test
  public void highlightingFacetsAndDebugSeeThePage() throws Exception {
    QueryResponse response =
        select(
            FILMS,
            "q",
            "prison escape",
            "rq",
            rq("reRankDocs=15"),
            "hl",
            "true",
            "hl.fl",
            "overview",
            "facet",
            "true",
            "facet.field",
            "genres",
            "debug",
            "results");
    List<Object> ids = response.getResults().stream().map(hit -> hit.get("id")).toList();
    assertEquals(ids, names(response.getResponse().get("highlighting")));
    assertEquals(ids, names(((NamedList<?>) response.getResponse().get("debug")).get("explain")));
    assertFalse(response.getFacetField("genres").getValues().isEmpty());
    String explained = response.getDebugMap().get("crossEncoder").toString();
    for (SolrDocument hit : response.getResults()) {
      assertTrue(explained, explained.contains(hit.get("id") + "=" + FilmsTestCase.score(hit)));
    }
    assertTrue(explained, explained.contains("logit"));
  }

  private static List<String> names(Object list) {
    List<String> names = new ArrayList<>();
    ((NamedList<?>) list).forEach((name, value) -> names.add(name));
    return names;
  }
}
