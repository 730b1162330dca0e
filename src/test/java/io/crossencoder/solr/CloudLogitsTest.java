// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/** The transformer, the function and {@code passage=maxp} over two shards. */
public class CloudLogitsTest extends CloudTestCase {

  private static final List<String> SCOPES = List.of("shard", "global");

  @BeforeClass
  public static void indexFilms() throws Exception {
    List<SolrInputDocument> documents = new ArrayList<>(films());
    for (int i = 0; i < 8; i++) {
      String overview = "The village waits for rain. ".repeat(90) + "Year " + i + " of the war.";
      documents.add(
          new SolrInputDocument("id", "long" + i, "title", "Zyzzyva", "overview", overview));
    }
    collection(FILMS, 2, 1, "LocalStatsCache", documents);
  }

  @Test
  public void theTransformerHasTheLogitOfEachRerankedHit() throws Exception {
    for (String scope : SCOPES) {
      QueryResponse page =
          select(
              FILMS,
              "q",
              "vietnam war",
              "rq",
              "{!crossencoder reRankScope=" + scope + "}",
              "fl",
              "id,score,ce:[crossencoder]");
      assertEquals(10, page.getResults().size());
      for (SolrDocument hit : page.getResults()) {
        NamedList<?> ce = (NamedList<?>) hit.get("ce");
        assertEquals(scope, FilmsTestCase.score(hit), (Float) ce.get("logit"), NOISE);
      }
    }
  }

  @Test
  public void theFunctionIsTheSameLogit() throws Exception {
    for (String scope : SCOPES) {
      QueryResponse page =
          select(
              FILMS,
              "q",
              "prison escape",
              "rq",
              "{!crossencoder reRankScope=" + scope + "}",
              "fl",
              "id,score,f:crossencoder()");
      assertEquals(10, page.getResults().size());
      for (SolrDocument hit : page.getResults()) {
        assertEquals(scope, FilmsTestCase.score(hit), (Float) hit.get("f"), NOISE);
      }
    }
  }

  @Test
  public void sortByTheFunctionMergesTheShards() throws Exception {
    QueryResponse page =
        select(FILMS, "q", "prison", "sort", "crossencoder($q) desc", "fl", "id,f:crossencoder()");
    float last = Float.POSITIVE_INFINITY;
    for (SolrDocument hit : page.getResults()) {
      assertTrue((Float) hit.get("f") <= last + NOISE);
      last = (Float) hit.get("f");
    }
  }

  @Test
  public void theBestWindowWinsInEitherScope() throws Exception {
    for (String scope : SCOPES) {
      QueryResponse page =
          select(
              FILMS,
              "q",
              "zyzzyva",
              "rq",
              "{!crossencoder query='the war' passage=maxp reRankScope=" + scope + "}",
              "fl",
              "id,score,ce:[crossencoder window=true]");
      assertEquals(8, page.getResults().size());
      for (SolrDocument hit : page.getResults()) {
        NamedList<?> ce = (NamedList<?>) hit.get("ce");
        assertEquals(scope, FilmsTestCase.score(hit), (Float) ce.get("logit"), NOISE);
        String window = (String) ce.get("window");
        assertTrue(window, window.startsWith("Zyzzyva\n\n") && window.endsWith("of the war."));
      }
    }
  }
}
