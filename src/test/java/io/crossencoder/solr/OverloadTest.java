// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.HeldWorkers;
import io.crossencoder.metrics.Metric;
import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.models.NodeRegistry;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A node whose queue is full. */
public class OverloadTest extends FilmsTestCase {

  private HeldWorkers held;

  @Before
  public void fillTheQueue() {
    held = HeldWorkers.withFullQueue(NodeRegistry.of(solr.getCoreContainer()));
  }

  @After
  public void emptyTheQueue() {
    held.close();
  }

  private static QueryResponse rerank(String query) throws Exception {
    QueryResponse response = select("q", "war", "rq", "{!crossencoder}" + query);
    assertEquals("overloaded", section(response).get("outcome"));
    return response;
  }

  @Test
  public void theFirstPassIsReturnedAndLabeled() throws Exception {
    QueryResponse response = rerank("a lost war");
    assertEquals(0, section(response).get("scored"));
    assertEquals(ids(select("q", "war", "rq", "{!crossencoder}*:*")), ids(response));
  }

  @Test
  public void theyAreCounted() throws Exception {
    long requests = count("requests_total", Map.of("outcome", "overloaded"));
    long refusals = count("queue_refusals_total", Map.of());
    rerank("a won war");
    assertEquals(requests + 1, count("requests_total", Map.of("outcome", "overloaded")));
    assertEquals(refusals + 1, count("queue_refusals_total", Map.of()));
  }

  private static long count(String name, Map<String, String> labels) {
    List<Metric> metrics = NodeMetrics.of(solr.getCoreContainer()).all();
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .filter(metric -> metric.labels().entrySet().containsAll(labels.entrySet()))
        .mapToLong(metric -> (Long) metric.value().get())
        .sum();
  }

  @Test
  public void orTheRequestFailsIfItWantsTo() {
    SolrException e =
        expectThrows(
            SolrException.class,
            () -> select("q", "war", "rq", "{!crossencoder onFailure=error}peace"));
    assertEquals(SolrException.ErrorCode.SERVICE_UNAVAILABLE.code, e.code());
  }

  @Test
  public void aHitOfAPageSaysWhyItHasNoLogit() throws Exception {
    QueryResponse page = select("q", "war", "fl", "id,ce:[crossencoder query=$t]", "t", "a truce");
    NamedList<?> ce = (NamedList<?>) page.getResults().get(0).getFieldValue("ce");
    assertNull(ce.get("logit"));
    assertEquals("overloaded", ce.get("outcome"));
  }

  @Test
  public void theNextRequestFindsAnEmptyQueue() throws Exception {
    rerank("an old war");
    held.close();
    QueryResponse response = select("q", "war", "rq", "{!crossencoder}an old war");
    assertEquals("complete", section(response).get("outcome"));
  }
}
