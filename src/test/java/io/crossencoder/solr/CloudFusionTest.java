// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.junit.BeforeClass;
import org.junit.Test;

/** {@code {!rrf}} in a collection of two shards: each fuses its own lists. */
public class CloudFusionTest extends CloudTestCase {

  @BeforeClass
  public static void index() throws Exception {
    collection(FILMS, 2, 1, "LocalStatsCache", films());
  }

  private static QueryResponse fuse(Map<String, String> more) throws Exception {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "q", "{!rrf queries=$lex,$vec depth=20}",
                "defType", "lucene",
                "lex", "{!edismax qf='title overview' v=$uq}",
                "vec", "{!knn_words f=vector topK=20 v=$uq}",
                "uq", "vietnam war",
                "rows", "100"));
    all.putAll(more);
    return select(
        FILMS,
        all.entrySet().stream()
            .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
            .toArray(String[]::new));
  }

  @Test
  public void eachShardFusesItsOwnLists() throws Exception {
    QueryResponse all = fuse(Map.of());
    QueryResponse one = fuse(Map.of("shards", "shard1"));
    QueryResponse other = fuse(Map.of("shards", "shard2"));
    assertEquals(
        all.getResults().getNumFound(),
        one.getResults().getNumFound() + other.getResults().getNumFound());
    assertScoresFall(all);
    Map<Object, Object> ofShards = scores(one);
    ofShards.putAll(scores(other));
    assertEquals(ofShards, scores(all));
    QueryResponse explained =
        fuse(Map.of("rows", "5", "debugQuery", "true", "fl", "id,score,r:fusion(rank1)"));
    assertEquals(5, explained.getExplainMap().size());
    assertTrue(explained.getResults().get(0).containsKey("r"));
  }

  private static Map<Object, Object> scores(QueryResponse response) {
    Map<Object, Object> scores = new HashMap<>();
    response.getResults().forEach(hit -> scores.put(hit.get("id"), hit.get("score")));
    return scores;
  }

  @Test
  public void withGlobalScopeTheFusedHitsOfAllShardsAreRerankedOnce() throws Exception {
    QueryResponse fused = fuse(Map.of("rows", "20"));
    QueryResponse reranked =
        fuse(Map.of("rq", "{!crossencoder reRankDocs=20 reRankScope=global blend='ce - 0*rank1'}"));
    assertEquals(20, number(reranked, "scored"));
    Set<Object> best = Set.copyOf(ids(fused));
    assertEquals(best, ids(reranked).stream().limit(20).collect(Collectors.toSet()));
    assertScoresFall(reranked);
  }
}
