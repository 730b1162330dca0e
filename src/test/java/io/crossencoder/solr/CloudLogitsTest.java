// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.metrics.NodeMetrics;
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

  @Test
  public void theTransformerComputesNothingButWhatItIsAskedFor() throws Exception {
    for (String scope : SCOPES) {
      for (String singlePass : List.of("false", "true")) {
        for (String field : List.of("c:[crossencoder]", "c:[crossencoder tail=true]")) {
          String rq = ask(scope).replace("reRankDocs=15", "reRankDocs=10");
          String[] request = {"q", Q, "rq", rq, "rows", "100"};
          request = FilmsTestCase.with(request, "fl", "id,score," + field);
          String what = scope + " " + singlePass + " " + field;
          QueryResponse page =
              select(FILMS, FilmsTestCase.with(request, "distrib.singlePass", singlePass));
          assertEquals(100, page.getResults().size());
          int scored = scope.equals("global") ? 10 : 20;
          assertEquals(what, scored, number(page, "scored"));
          NamedList<?> costs = (NamedList<?>) section(page).get("transformer");
          boolean tail = field.contains("tail");
          assertEquals(what, tail, costs != null);
          int withLogit = 0;
          for (int place = 0; place < 100; place++) {
            SolrDocument hit = page.getResults().get(place);
            NamedList<?> known = (NamedList<?>) hit.get("c");
            assertEquals(what + place, place < scored, known.get("reranked"));
            if (place < scored) {
              assertEquals(what, FilmsTestCase.score(hit), (Float) known.get("logit"), 0);
              assertTrue((Integer) known.get("firstPassRank") <= 10);
            }
            withLogit += known.get("logit") == null ? 0 : 1;
          }
          assertEquals(what, tail ? 100 : scored, withLogit);
          if (tail && singlePass.equals("false")) {
            assertEquals(what, 100 - scored, costs.get("scored"));
          }
        }
      }
    }
  }

  @Test
  public void whatIsComputedIsCounted() throws Exception {
    for (String scope : SCOPES) {
      for (String singlePass : List.of("false", "true")) {
        for (String field : List.of("c:[crossencoder]", "c:[crossencoder tail=true]", "title")) {
          long before = computed();
          QueryResponse page =
              select(
                  FILMS,
                  "q",
                  Q,
                  "rq",
                  ask(scope),
                  "rows",
                  "60",
                  "fl",
                  "id,score," + field,
                  "distrib.singlePass",
                  singlePass);
          int counted = number(page, "scored") - number(page, "cached");
          if (section(page).get("transformer") instanceof NamedList<?> more) {
            counted += (Integer) more.get("scored") - (Integer) more.get("cached");
          }
          assertEquals(scope + singlePass + field, computed() - before, counted);
        }
      }
    }
  }

  /** Number of pairs scored on all nodes. */
  private static long computed() {
    return cluster.getJettySolrRunners().stream()
        .flatMap(node -> NodeMetrics.of(node.getCoreContainer()).all().stream())
        .filter(metric -> metric.name().equals("pairs_scored_total"))
        .mapToLong(metric -> ((Number) metric.value().get()).longValue())
        .sum();
  }
}
