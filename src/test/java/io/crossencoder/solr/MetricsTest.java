// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.HeldWorkers;
import java.util.Set;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.util.LogListener;
import org.junit.Test;

/** The metrics in Solr's metrics and JMX, with the bundled configset. */
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public final class MetricsTest extends MetricsTestCase {

  private static long number(QueryResponse response, String name) {
    return ((Number) section(response).get(name)).longValue();
  }

  @Test
  public void aRerankIsCountedOnceWithAllItDid() throws Exception {
    rerank("reRankDocs=1");
    long complete = outcomes("complete");
    long reranks = count(CORE + "rerank_seconds:count");
    long scored = count(MODEL + "pairs_scored_total");
    long cached = count(MODEL + "pairs_cached_total");
    long tokens = count(MODEL + "tokens_total");
    long runs = count(MODEL + "inference_seconds:count");

    QueryResponse response = rerank("reRankDocs=20");

    assertEquals(1, number(response, "cached"));
    assertEquals(20, number(response, "scored"));
    assertEquals(complete + 1, outcomes("complete"));
    assertEquals(reranks + 1, count(CORE + "rerank_seconds:count"));
    assertEquals(scored + 19, count(MODEL + "pairs_scored_total"));
    assertEquals(cached + 1, count(MODEL + "pairs_cached_total"));
    assertEquals(tokens + number(response, "tokens"), count(MODEL + "tokens_total"));
    assertEquals(runs + number(response, "batches"), count(MODEL + "inference_seconds:count"));
  }

  @Test
  public void windowsOfLongDocumentsAreCounted() throws Exception {
    rerank("reRankDocs=1");
    long windows = count(MODEL + "windows_total");
    QueryResponse response = rerank("reRankDocs=5 passage=maxp");
    assertEquals(windows + number(response, "windows"), count(MODEL + "windows_total"));
  }

  @Test
  public void whatSolrHadInItsCacheIsCountedAsThat() throws Exception {
    rerank("reRankDocs=5");
    long cached = outcomes("queryResultCache");
    rerank("reRankDocs=5");
    assertEquals(cached + 1, outcomes("queryResultCache"));
  }

  @Test
  public void noTextIsCountedAsSkipped() throws Exception {
    rerank("reRankDocs=5");
    long skipped = outcomes("skipped");
    select("q", "*:*", "rq", "{!crossencoder}");
    assertEquals(skipped + 1, outcomes("skipped"));
  }

  @Test
  public void aSpentBudgetIsCountedAsPartial() throws Exception {
    rerank("reRankDocs=5");
    long partial = outcomes("partial");
    fresh += " and more";
    try (HeldWorkers held = holdWorkers()) {
      rerank("reRankDocs=100 reRankTimeout=1");
    }
    assertEquals(partial + 1, outcomes("partial"));
  }

  @Test
  public void aRequestThatIsRefusedCountsAsNothing() throws Exception {
    rerank("reRankDocs=5");
    Object before = metrics("registry", "solr.core.tmdb", "prefix", "CROSSENCODER");
    badRequest("q", "war", "rq", "{!crossencoder reRankDocs=0}");
    badRequest("q", "war", "rq", "{!crossencoder}war", "sort", "id asc");
    badRequest("q", "war", "rq", "{!crossencoder}war", "defType", "no_such_parser");
    badRequest("q", "war", "rq", "{!crossencoder}war", "fq", "no_such_field:1");
    assertEquals(before, metrics("registry", "solr.core.tmdb", "prefix", "CROSSENCODER"));
  }

  @Test
  public void requestsWithoutARerankCountAsNothing() throws Exception {
    rerank("reRankDocs=5");
    Object before = metrics("registry", "solr.core.tmdb", "prefix", "CROSSENCODER");
    long scored = count(MODEL + "pairs_scored_total");
    select("q", "war");
    select("q", "war", "rq", "{!crossencoder}" + fresh + " of no rows", "rows", "0");
    assertEquals(scored, count(MODEL + "pairs_scored_total"));
    assertEquals(before, metrics("registry", "solr.core.tmdb", "prefix", "CROSSENCODER"));
  }

  @Test
  public void theNodeSaysHowItsEngineIs() throws Exception {
    assertEquals(1, count(NODE + "models_loaded"));
    assertEquals(Runtime.getRuntime().availableProcessors(), count(NODE + "workers"));
    assertEquals(0, count(NODE + "workers_busy"));
    assertEquals(0, count(NODE + "queue_pairs"));
    assertEquals(4000, count(NODE + "queue_limit_pairs"));
    assertEquals(64 << 20, count(NODE + "score_cache_limit_bytes"));
    assertEquals("onnx/model.onnx", metric(MODEL + "model_info:file"));
    assertTrue(count(MODEL + "model_bytes") > 100_000);
  }

  @Test
  public void theRequestLogHasOneEntryOfARerank() throws Exception {
    try (LogListener log = LogListener.info("org.apache.solr.core.SolrCore.Request")) {
      rerank("reRankDocs=5");
      rerank("reRankDocs=5");
      assertTrue(log.pollMessage().matches(".* crossEncoder=complete,5/5,cached=0,[\\d.]+ms .*"));
      String cached = log.pollMessage();
      assertTrue(cached, cached.contains(" crossEncoder=queryResultCache "));
    }
  }

  @Test
  public void aReloadNeitherLosesNorDoublesAnything() throws Exception {
    rerank("reRankDocs=5");
    long complete = outcomes("complete");
    Set<String> names = names();
    CoreContainer node = solr.getCoreContainer();
    for (int i = 0; i < 3; i++) {
      node.reload("tmdb");
    }
    assertEquals(names, names());
    assertEquals(complete, outcomes("complete"));
    rerank("reRankDocs=6");
    assertEquals(complete + 1, outcomes("complete"));
    assertEquals(1, count(NODE + "models_loaded"));
  }

  private static Set<String> names() throws Exception {
    return names(solr.getCoreContainer(), "solr.core.tmdb", "CROSSENCODER");
  }
}
