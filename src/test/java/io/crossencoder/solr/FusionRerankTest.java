// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.junit.Test;

/** Reranking of a fusion. */
public class FusionRerankTest extends FusionTestCase {

  @Test
  public void theFusedListIsReranked() throws Exception {
    QueryResponse fused = fuse("");
    QueryResponse reranked =
        fuse(
            "",
            "rq",
            "{!crossencoder cache=false query=$uq reRankDocs=100}",
            "fl",
            "id,score,first:originalScore()");
    assertEquals((int) fused.getResults().getNumFound(), section(reranked).get("scored"));
    assertEquals(scores(fused).keySet(), scores(reranked).keySet());
    assertNotEquals(ids(fused), ids(reranked));
    for (SolrDocument hit : reranked.getResults()) {
      assertEquals(scores(fused).get(hit.get("id")), (Float) hit.get("first"), 1e-8f);
    }
  }

  @Test
  public void theTextIsThatOfTheListsWithWords() throws Exception {
    QueryResponse named = fuse("", "rq", "{!crossencoder query=$uq reRankDocs=100}");
    assertEquals(ids(named), ids(fuse("", "rq", "{!crossencoder reRankDocs=100}")));
    String vector = "[" + "0.1,".repeat(63) + "0.1]";
    String[] vectorFirst = {"lex", "{!knn f=vector topK=20}" + vector, "vec", LEXICAL};
    assertEquals(
        ids(fuse("", with(vectorFirst, "rq", "{!crossencoder query=$uq reRankDocs=100}"))),
        ids(fuse("", with(vectorFirst, "rq", "{!crossencoder reRankDocs=100}"))));
  }

  @Test
  public void theBlendKnowsRankAndScoreInEachList() throws Exception {
    List<String> lexical = list(LEXICAL).stream().map(hit -> (String) hit.get("id")).toList();
    QueryResponse byRank = fuse("", "rq", "{!crossencoder reRankDocs=100 blend='0*ce - rank1'}");
    assertEquals(lexical, ids(byRank).subList(0, 20));
    assertEquals(-21f, score(byRank.getResults().get(25)), 0);
    QueryResponse byScore =
        fuse(
            "",
            "rq",
            "{!crossencoder reRankDocs=100 blend='0*ce + score2'}",
            "fl",
            "id,score,s:fusion(score2)");
    for (SolrDocument hit : byScore.getResults()) {
      assertEquals((Float) hit.get("s"), score(hit), 1e-6f);
    }
  }

  @Test
  public void aBlendOfRanksNeedsAFusion() {
    String message = badRequest("q", "war", "rq", "{!crossencoder blend='ce - rank1'}");
    assertTrue(message, message.contains("rank1"));
    assertTrue(message, message.contains("the main query has no {!rrf}"));
  }
}
