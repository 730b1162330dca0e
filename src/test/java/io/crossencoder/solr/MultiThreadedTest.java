// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.MapSolrParams;
import org.apache.solr.core.CoreContainer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** {@code multiThreaded=true} searches segments side by side, but reranks once. */
public class MultiThreadedTest extends SolrTestCase {

  private static CoreContainer node;
  private static EmbeddedSolrServer solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Files.writeString(
        home.resolve("solr.xml"), "<solr><int name='indexSearcherExecutorThreads'>2</int></solr>");
    node = new CoreContainer(home, new Properties());
    node.load();
    solr = new EmbeddedSolrServer(node, "tmdb");
    FullConfigTestCase.indexInSegments(solr, FilmsTestCase.films());
  }

  @AfterClass
  public static void stopSolr() {
    node.shutdown();
    node = null;
    solr = null;
  }

  private static QueryResponse select(boolean multiThreaded, String rq) throws Exception {
    return solr.query(
        new MapSolrParams(
            java.util.Map.of(
                "q",
                "vietnam war",
                "rows",
                "40",
                "fl",
                "id,score",
                "multiThreaded",
                String.valueOf(multiThreaded),
                "rq",
                rq)));
  }

  @Test
  public void itGivesTheSameHitsScoresAndCost() throws Exception {
    assertEquals(2, node.getConfig().getIndexSearcherExecutorThreads());
    for (int reRankDocs : new int[] {5, 20, 40}) {
      String rq = "{!crossencoder cache=false reRankDocs=" + reRankDocs + "}";
      QueryResponse one = select(false, rq);
      QueryResponse several = select(true, rq);
      assertEquals(
          one.getResults().stream().map(SolrDocument::toString).toList(),
          several.getResults().stream().map(SolrDocument::toString).toList());
      assertEquals(reRankDocs, FilmsTestCase.section(one).get("candidates"));
      assertEquals(reRankDocs, FilmsTestCase.section(several).get("candidates"));
    }
  }
}
