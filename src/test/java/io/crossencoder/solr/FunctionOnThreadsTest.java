// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.response.QueryResponse;
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
}
