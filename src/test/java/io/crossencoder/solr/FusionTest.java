// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.Test;

/** The hits and scores of {@code {!rrf}}, compared with those of its lists. */
public class FusionTest extends FusionTestCase {

  @Test
  public void theScoreIsTheSumOfReciprocalRanks() throws Exception {
    List<SolrDocument> lexical = list(LEXICAL);
    List<SolrDocument> vectors = list(VECTOR);
    assertEquals(20, lexical.size());
    assertEquals(20, vectors.size());
    assertScores(reciprocal(60, lexical, vectors), scores(fuse("")));
    assertScores(reciprocal(7, lexical, vectors), scores(fuse("k=7")));
  }

  @Test
  public void theHitsAreThoseOfAllListsAndNoOthers() throws Exception {
    TreeSet<Object> ids = new TreeSet<>();
    list(LEXICAL).forEach(hit -> ids.add(hit.get("id")));
    list(VECTOR).forEach(hit -> ids.add(hit.get("id")));
    QueryResponse fused = fuse("");
    assertEquals(ids.size(), fused.getResults().getNumFound());
    assertEquals(ids, new TreeSet<Object>(ids(fused)));
  }

  @Test
  public void depthCountsForEachListByItself() throws Exception {
    QueryResponse fused = select(withDefaults("{!rrf queries=lex depth=3}"));
    assertEquals(3, fused.getResults().getNumFound());
  }

  @Test
  public void ofHitsWithTheSameSumThatOfTheFirstListComesFirst() throws Exception {
    QueryResponse fused = fuse("", "lex", "id:28^3 id:792^2", "vec", "id:11^3 id:103^2");
    assertEquals(List.of("28", "11", "792", "103"), ids(fused));
    List<Float> scores = scoresInOrder(fused);
    assertTrue(scores.toString(), scores.get(0) > scores.get(1));
    assertEquals(scores.get(0), scores.get(1), 1e-8f);
    QueryResponse other = fuse("", "vec", "id:28^3 id:792^2", "lex", "id:11^3 id:103^2");
    assertEquals(List.of("11", "28", "103", "792"), ids(other));
  }

  @Test
  public void aWeightCountsAListMoreOften() throws Exception {
    QueryResponse fused = fuse("weights=1,0");
    List<Object> lexical = list(LEXICAL).stream().map(hit -> hit.get("id")).toList();
    assertEquals(lexical, List.copyOf(ids(fused).subList(0, 20)));
    assertEquals(1.0f / 61, scoresInOrder(fused).get(0), 1e-6f);
    assertEquals(2.5f / 61, scoresInOrder(fuse("weights=2.5,0")).get(0), 1e-6f);
  }

  @Test
  public void linearFusionScalesTheScoresOfEachList() throws Exception {
    List<SolrDocument> lexical = list(LEXICAL);
    List<SolrDocument> vectors = list(VECTOR);
    QueryResponse fused = fuse("algorithm=linear weights=2,1");
    for (SolrDocument hit : fused.getResults()) {
      double expected = 2 * scaled(lexical, hit.get("id")) + scaled(vectors, hit.get("id"));
      assertEquals(hit.toString(), expected, score(hit), 1e-5);
    }
  }

  private static double scaled(List<SolrDocument> list, Object id) {
    float highest = score(list.get(0));
    float lowest = score(list.get(list.size() - 1));
    return list.stream()
        .filter(hit -> hit.get("id").equals(id))
        .mapToDouble(hit -> (score(hit) - lowest) / (double) (highest - lowest))
        .findFirst()
        .orElse(0);
  }

  @Test
  public void filtersRestrictTheListsBeforeTheirHitsAreCounted() throws Exception {
    String[] filters = {"fq", "vote_count:[2000 TO *]", "fq", "-genres:Comedy"};
    List<SolrDocument> lexical = list(LEXICAL, filters);
    List<SolrDocument> vectors = list(VECTOR, filters);
    assertEquals(20, vectors.size());
    assertNotEquals(lexical, list(LEXICAL));
    Map<String, Double> expected = reciprocal(60, lexical, vectors);
    assertScores(expected, scores(fuse("", filters)));
    String[] uncached = {
      "fq", "{!cache=false}vote_count:[2000 TO *]", "fq", "{!cache=false}-genres:Comedy"
    };
    assertScores(expected, scores(fuse("", uncached)));
  }

  @Test
  public void aListWithoutHitsGivesNothing() throws Exception {
    QueryResponse fused = fuse("", "uq", "qqqxyz");
    assertEquals(0, fused.getResults().getNumFound());
    assertTrue(fused.getResults().isEmpty());
  }

  @Test
  public void anEmptyTextIsAListWithoutHits() throws Exception {
    QueryResponse fused = fuse("", "lex", "{!lucene v=''}");
    assertEquals(ids(select(withDefaults("{!rrf queries=vec depth=20}"))), ids(fused));
  }
}
