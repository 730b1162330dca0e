// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CoreContainer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** Reranking with a component that runs several queries per request, as in Solr 9.11 and 10.1. */
public class CombinedQueryTest extends SolrTestCase {

  private static final String LEX = "{!edismax v='vietnam war'}";
  private static final String VEC = "{!knn_words f=vector topK=30}vietnam war";

  private static CoreContainer node;
  private static EmbeddedSolrServer solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    String component =
        "<searchComponent name='query' class='" + CombinedQueryStandIn.class.getName() + "'/>";
    Files.writeString(
        config, Files.readString(config).replace("</config>", component + "</config>"));
    node = new CoreContainer(home, new Properties());
    node.load();
    solr = new EmbeddedSolrServer(node, "tmdb");
    FilmsTestCase.index(solr);
  }

  @AfterClass
  public static void stopSolr() {
    node.shutdown();
    node = null;
    solr = null;
  }

  private static QueryResponse combined(String rq) throws Exception {
    return solr.query(
        new ModifiableSolrParams()
            .set("combiner", true)
            .add("combiner.query", "lex", "vec")
            .set("defType", "lucene")
            .set("lex", LEX)
            .set("vec", VEC)
            .set("rows", 20)
            .set("rq", rq));
  }

  @Test
  public void eachListIsRerankedBeforeTheFusionAndTheSectionCountsThemAll() throws Exception {
    QueryResponse response =
        combined("{!crossencoder cache=false query='vietnam war' reRankDocs=15}");
    NamedList<Object> section = FilmsTestCase.section(response);
    assertEquals(30, section.get("candidates"));
    assertEquals("complete", section.get("outcome"));
    Map<String, Double> fused = FusionTestCase.reciprocal(60, reranked(LEX), reranked(VEC));
    FusionTestCase.assertScores(fused, FusionTestCase.scores(response));
  }

  /** The reranked result of one list alone. */
  private static List<SolrDocument> reranked(String q) throws Exception {
    return solr.query(
            new ModifiableSolrParams()
                .set("q", q)
                .set("defType", "lucene")
                .set("rows", 20)
                .set("rq", "{!crossencoder query='vietnam war' reRankDocs=15}"))
        .getResults();
  }

  @Test
  public void theTextIsThatOfTheCombinedQueries() throws Exception {
    QueryResponse named = combined("{!crossencoder cache=false query='vietnam war' reRankDocs=15}");
    QueryResponse found = combined("{!crossencoder cache=false reRankDocs=15}");
    assertEquals(FilmsTestCase.ids(named), FilmsTestCase.ids(found));
    assertEquals("complete", FilmsTestCase.section(found).get("outcome"));
  }

  @Test
  public void aGlobalRerankOfCombinedQueriesIsRefused() {
    SolrException e =
        expectThrows(
            SolrException.class, () -> combined("{!crossencoder query=war reRankScope=global}"));
    assertEquals(400, e.code());
    assertTrue(
        e.getMessage(),
        e.getMessage().contains("reRankScope='global': cannot be combined with combiner"));
  }
}
