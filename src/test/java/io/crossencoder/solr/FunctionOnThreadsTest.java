// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.util.EmbeddedSolrServerTestRule;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** The function while Solr searches an index with several threads. */
public class FunctionOnThreadsTest extends SolrTestCase {

  @ClassRule public static final EmbeddedSolrServerTestRule solr = new EmbeddedSolrServerTestRule();

  @BeforeClass
  public static void startSolr() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Files.writeString(
        home.resolve("solr.xml"),
        "<solr><int name=\"indexSearcherExecutorThreads\">4</int></solr>");
    solr.startSolr(home);
    SolrClient client = solr.getSolrClient("tmdb");
    for (int segment = 0; segment < 8; segment++) {
      for (int i = 0; i < 20; i++) {
        String title = "film " + segment + " of the war " + i;
        client.add(new SolrInputDocument("id", segment + "-" + i, "title", title));
      }
      client.commit();
    }
    // More documents than one request can score; equal for the model, so they cost little.
    for (int i = 0; i < 1100; i++) {
      client.add(new SolrInputDocument("id", "same" + i, "title", "encyclopedia"));
    }
    client.commit();
  }

  private static List<Object> sorted(boolean multiThreaded) throws Exception {
    QueryResponse response =
        solr.getSolrClient("tmdb")
            .query(
                new ModifiableSolrParams()
                    .set("q", "film")
                    .set("qq", "the second war")
                    .set("sort", "crossencoder($qq) desc, id asc")
                    .set("rows", 160)
                    .set("multiThreaded", multiThreaded));
    return response.getResults().stream().map(hit -> hit.get("id")).toList();
  }

  @Test
  public void severalThreadsSortAsOneDoes() throws Exception {
    List<Object> several = sorted(true);
    assertEquals(160, several.size());
    assertEquals(sorted(false), several);
  }

  /** The responses to eight concurrent requests, which wait for each other in Solr's caches. */
  private static Set<String> answers(String... params) throws Exception {
    ModifiableSolrParams request = new ModifiableSolrParams();
    request.set("q", "encyclopedia").set("qq", "the second war");
    for (int i = 0; i < params.length; i += 2) {
      request.set(params[i], params[i + 1]);
    }
    Set<String> answers = ConcurrentHashMap.newKeySet();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread client =
          new Thread(
              () -> {
                try {
                  answers.add("200 " + solr.getSolrClient("tmdb").query(request).getResults());
                } catch (SolrException e) {
                  answers.add(e.code() + " " + e.getMessage());
                } catch (Exception e) {
                  answers.add(e.toString());
                }
              });
      client.start();
      clients.add(client);
    }
    for (Thread client : clients) {
      client.join();
    }
    return answers;
  }

  @Test
  public void whatIsRefusedIsA400ForEachOfManyAtOnce() throws Exception {
    String filter = "{!frange l=-100}crossencoder($qq)";
    String[][] requests = {
      {"fq", filter},
      {"fq", "{!bool must=$in}", "in", filter},
      {"facet", "true", "facet.query", "{!frange l=-100}sum(1,crossencoder($qq))"},
      {"json.facet", "{a:{type:query,q:'{!frange l=-100 v=\"crossencoder($qq)\"}'}}"},
      {"fq", "{!frange l=-100}crossencoder($qq)", "multiThreaded", "true"},
      {"fq", "{!crossencoder}"},
    };
    for (String[] request : requests) {
      Set<String> answers = answers(request);
      assertEquals(answers.toString(), 1, answers.size());
      assertTrue(answers.toString(), answers.iterator().next().startsWith("400 crossencoder"));
    }
  }
}
