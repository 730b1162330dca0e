// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.solr.client.solrj.request.json.JsonQueryRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.Test;

/** {@code {!rrf}} with other features of Solr. */
public class FusionInSolrTest extends FusionTestCase {

  @Test
  public void facetsCountTheFusedHits() throws Exception {
    QueryResponse fused =
        fuse("", "facet", "true", "facet.field", "original_language", "facet.mincount", "1");
    long counted =
        fused.getFacetField("original_language").getValues().stream()
            .mapToLong(value -> value.getCount())
            .sum();
    assertEquals(fused.getResults().getNumFound(), counted);
  }

  @Test
  public void theWordsOfTheLexicalListAreHighlighted() throws Exception {
    for (String method : List.of("unified", "original", "fastVector")) {
      QueryResponse fused =
          fuse("", "hl", "true", "hl.method", method, "hl.fl", "overview", "rows", "5");
      assertTrue(
          method + fused.getHighlighting(),
          fused.getHighlighting().toString().contains("<em>Vietnam</em>"));
    }
    QueryResponse byDefault = fuse("", "hl", "true", "rows", "5");
    assertTrue(byDefault.getHighlighting().toString().contains("<em>Vietnam</em>"));
  }

  @Test
  public void pagesGoOnBeyondTheDepthAndEndWithTheFusedHits() throws Exception {
    List<String> all = ids(fuse(""));
    assertTrue(all.size() > 20);
    assertEquals(all.subList(0, 15), ids(fuse("", "rows", "15")));
    assertEquals(all.subList(15, 30), ids(fuse("", "start", "15", "rows", "15")));
    assertEquals(all.subList(30, all.size()), ids(fuse("", "start", "30", "rows", "15")));
    assertEquals(List.of(), ids(fuse("", "start", "60", "rows", "15")));
  }

  @Test
  public void aCommitIsSeen() throws Exception {
    SolrInputDocument film = new SolrInputDocument();
    film.addField("id", "new");
    film.addField("title", "Vietnam War");
    film.addField("overview", "The Vietnam war, the war in Vietnam.");
    List<String> before = ids(fuse(""));
    assertEquals(before, ids(fuse("")));
    try {
      solr.getSolrClient("tmdb").add(film);
      solr.getSolrClient("tmdb").commit();
      assertEquals("new", ids(fuse("")).get(0));
    } finally {
      solr.getSolrClient("tmdb").deleteById("new");
      solr.getSolrClient("tmdb").commit();
    }
    assertEquals(before, ids(fuse("")));
  }

  @Test
  public void explainSaysRankAndScoreInEachList() throws Exception {
    QueryResponse fused = fuse("weights=2,1", "debugQuery", "true", "rows", "3");
    SolrDocument best = fused.getResults().get(0);
    String explained = fused.getExplainMap().get(best.get("id").toString()).toString();
    assertTrue(explained, explained.contains(String.valueOf(score(best))));
    assertTrue(explained, explained.contains("reciprocal rank fusion, sum of:"));
    assertTrue(explained, explained.contains("2.0 * 1/(60+6): list 1 (lex)\n      6 = rank"));
    assertTrue(explained, explained.contains("1/(60+2): list 2 (vec)\n      2 = rank"));
  }

  @Test
  public void theFunctionGivesRankAndScoreInEachList() throws Exception {
    List<SolrDocument> lexical = list(LEXICAL);
    String[] figures = {
      "fl", "id,score,r1:fusion(rank1),s1:fusion(score1),r2:fusion(rank2),s2:fusion(score2)"
    };
    for (int time = 0; time < 2; time++) {
      // The second time, the hits come from a cache, and no search was run before.
      for (SolrDocument hit : fuse("", figures).getResults()) {
        int place = lexical.stream().map(each -> each.get("id")).toList().indexOf(hit.get("id"));
        float rank = place < 0 ? 21 : place + 1;
        assertEquals(hit.toString(), rank, hit.get("r1"));
        assertEquals(
            hit.toString(), place < 0 ? 0f : score(lexical.get(place)), (Float) hit.get("s1"), 0);
        float rank2 = (Float) hit.get("r2");
        assertEquals(hit.toString(), rank2 < 21, (Float) hit.get("s2") > 0);
      }
    }
    assertEquals(
        lexical.stream().map(hit -> hit.get("id")).toList(),
        ids(fuse("", "sort", "fusion(rank1) asc")).subList(0, 20));
  }

  @Test
  public void itIsAFilterAndAPartOfOtherQueries() throws Exception {
    TreeSet<String> fused = new TreeSet<>(ids(fuse("")));
    String rrf = "{!rrf queries=$lex,$vec depth=20}";
    QueryResponse filtered = select(withDefaults("*:*", "fq", rrf));
    assertEquals(fused, new TreeSet<>(ids(filtered)));
    QueryResponse part = select(withDefaults("{!bool should=$f should='id:11'}", "f", rrf));
    TreeSet<String> withOne = new TreeSet<>(fused);
    withOne.add("11");
    assertEquals(withOne, new TreeSet<>(ids(part)));
    QueryResponse boosted = select(withDefaults("{!boost b=2 v=$f}", "f", rrf));
    Map<String, Float> scores = scores(fuse(""));
    for (SolrDocument hit : boosted.getResults()) {
      assertEquals(2 * scores.get(hit.get("id")), score(hit), 1e-6);
    }
  }

  @Test
  public void aFusionMayBeAListOfAnother() throws Exception {
    QueryResponse fused =
        select(
            withDefaults(
                "{!rrf queries=$inner depth=20}",
                "inner",
                "{!rrf queries=$lex,$vec depth=20}",
                "fq",
                "vote_count:[2000 TO *]"));
    assertEquals(ids(fuse("", "fq", "vote_count:[2000 TO *]")).subList(0, 20), ids(fused));
  }

  @Test
  public void aRequestInJsonGivesTheSame() throws Exception {
    List<String> expected = ids(fuse(""));
    Map<String, Object> lexical =
        Map.of("edismax", Map.of("qf", "title overview", "query", "vietnam war"));
    Map<String, Object> vectors =
        Map.of("knn_words", Map.of("f", "vector", "topK", 20, "query", "vietnam war"));
    assertEquals(
        expected,
        ids(json(Map.of("rrf", Map.of("queries", List.of(lexical, vectors), "depth", 20)))));
    assertEquals(
        expected,
        ids(json(Map.of("rrf", Map.of("queries", "$lex,$vec", "depth", 20, "algorithm", "rrf")))));
  }

  private static QueryResponse json(Map<String, Object> query) throws Exception {
    JsonQueryRequest request = new JsonQueryRequest().setQuery(query).setLimit(100);
    request
        .withParam("defType", "lucene")
        .withParam("lex", LEXICAL)
        .withParam("vec", VECTOR)
        .withParam("uq", "vietnam war");
    return request.process(solr.getSolrClient("tmdb"));
  }

  @Test
  public void aTimeLimitIsKept() throws Exception {
    assertEquals(ids(fuse("")), ids(fuse("", "timeAllowed", "60000")));
  }

  @Test
  public void manyThreadsSearchAsOne() throws Exception {
    assertEquals(ids(fuse("")), ids(fuse("", "multiThreaded", "true")));
  }
}
