// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.metrics.Metric;
import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.models.NodeRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.util.EmbeddedSolrServerTestRule;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** A node with one worker and a short queue, which is full while a long request runs. */
public class OverloadTest extends SolrTestCase {

  @ClassRule public static final EmbeddedSolrServerTestRule solr = new EmbeddedSolrServerTestRule();

  private static SolrClient client;
  private static Thread otherUsers;
  private static volatile boolean stop;

  @BeforeClass
  public static void startSolr() throws Exception {
    System.setProperty(NodeRegistry.THREADS.key(), "1");
    System.setProperty(NodeRegistry.QUEUE.key(), "60");
    solr.startSolr(FilmsTestCase.home("tmdb"));
    client = solr.getSolrClient("tmdb");
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String overview = ("marathon war " + i + " kilometers of rain and wind ").repeat(40);
      documents.add(new SolrInputDocument("id", "long" + i, "overview", overview));
    }
    client.add(documents);
    client.commit();
    stop = false;
    otherUsers = new Thread(OverloadTest::askForMuch);
    otherUsers.start();
  }

  @AfterClass
  public static void awaitTheOtherUsers() throws Exception {
    stop = true;
    otherUsers.join();
    client = null;
    otherUsers = null;
  }

  private static void askForMuch() {
    for (int i = 0; !stop; i++) {
      try {
        query("marathon", "{!crossencoder reRankDocs=500}run " + i);
      } catch (SolrServerException | IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static QueryResponse query(String q, String rq) throws SolrServerException, IOException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", q);
    params.set("rq", rq);
    return client.query(params);
  }

  /** The other users leave gaps between their requests, so it may take a few. */
  private static QueryResponse firstThatIsRefused() throws Exception {
    for (int i = 0; i < 1000; i++) {
      QueryResponse response = query("war", "{!crossencoder}war " + i);
      if (FilmsTestCase.section(response).get("outcome").equals("overloaded")) {
        return response;
      }
    }
    throw new AssertionError("never overloaded");
  }

  @Test(timeout = 300_000)
  public void theFirstPassIsReturnedAndLabeled() throws Exception {
    QueryResponse firstPass = query("war", "{!crossencoder}*:*");
    QueryResponse response = firstThatIsRefused();
    assertEquals(0, FilmsTestCase.section(response).get("scored"));
    assertEquals(FilmsTestCase.ids(firstPass), FilmsTestCase.ids(response));
  }

  @Test(timeout = 300_000)
  public void theyAreCounted() throws Exception {
    firstThatIsRefused();
    List<Metric> metrics = NodeMetrics.of(solr.getCoreContainer()).all();
    assertTrue(count(metrics, "requests_total", Map.of("outcome", "overloaded")) > 0);
    assertTrue(count(metrics, "queue_refusals_total", Map.of()) > 0);
  }

  private static long count(List<Metric> metrics, String name, Map<String, String> labels) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .filter(metric -> metric.labels().entrySet().containsAll(labels.entrySet()))
        .mapToLong(metric -> (Long) metric.value().get())
        .sum();
  }

  @Test(timeout = 300_000)
  public void orTheRequestFailsIfItWantsTo() throws Exception {
    firstThatIsRefused();
    SolrException e =
        expectThrows(
            SolrException.class,
            () -> {
              for (int i = 0; i < 1000; i++) {
                query("war", "{!crossencoder onFailure=error}peace " + i);
              }
            });
    assertEquals(SolrException.ErrorCode.SERVICE_UNAVAILABLE.code, e.code());
  }

  @Test(timeout = 300_000)
  public void aHitOfAPageSaysWhyItHasNoLogit() throws Exception {
    for (int i = 0; i < 1000; i++) {
      ModifiableSolrParams request = new ModifiableSolrParams();
      request.set("q", "war").set("fl", "id,ce:[crossencoder query=$t]").set("t", "a truce " + i);
      NamedList<?> ce =
          (NamedList<?>) client.query(request).getResults().get(0).getFieldValue("ce");
      if (ce.get("logit") == null) {
        assertEquals("overloaded", ce.get("outcome"));
        return;
      }
      assertNull(ce.get("outcome"));
    }
    fail("never overloaded");
  }
}
