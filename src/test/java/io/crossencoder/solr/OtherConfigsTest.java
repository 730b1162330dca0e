// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.rerank.RerankParserPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.util.LogListener;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * A Solr with several threads per search, a core without Solr's caches, and one without documents.
 */
public class OtherConfigsTest extends SolrTestCase {

  private static CoreContainer node;
  private static EmbeddedSolrServer solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    Path home = FilmsTestCase.home("tmdb", "uncached", "empty", "bare", "one", "none");
    Files.move(
        TestModels.copy(TestModels.STARTER, home.resolve("more")), home.resolve("models/second"));
    withParser(home.resolve("bare"), "");
    withParser(home.resolve("one"), "<lst name='models'><lst name='second'/></lst>");
    withParser(home.resolve("none"), "<lst name='models'/>");
    Files.writeString(
        home.resolve("solr.xml"), "<solr><int name='indexSearcherExecutorThreads'>2</int></solr>");
    Path config = home.resolve("uncached/conf/solrconfig.xml");
    Files.writeString(
        config,
        Files.readString(config)
            .replaceAll("<(filterCache|queryResultCache|documentCache) .*/>", ""));
    node = new CoreContainer(home, new Properties());
    node.load();
    solr = new EmbeddedSolrServer(node, "tmdb");
    List<SolrInputDocument> films = FilmsTestCase.films();
    // More segments than Lucene searches with one thread.
    FullConfigTestCase.indexInSegments(8, solr, films);
    solr.add("uncached", films);
    solr.commit("uncached");
  }

  /** Replaces the elements of the parser of a core. */
  private static void withParser(Path core, String settings) throws IOException {
    Path config = core.resolve("conf/solrconfig.xml");
    String shipped = Files.readString(config);
    String parser = "<queryParser name=\"crossencoder\"";
    int begin = shipped.indexOf('>', shipped.indexOf(parser)) + 1;
    int end = shipped.indexOf("</queryParser>", begin);
    Files.writeString(config, shipped.substring(0, begin) + settings + shipped.substring(end));
  }

  @AfterClass
  public static void stopSolr() {
    node.shutdown();
    node = null;
    solr = null;
  }

  private static SolrParams params(String... params) {
    ModifiableSolrParams request = new ModifiableSolrParams();
    request.set("q", "vietnam war").set("rows", 40).set("fl", "id,score");
    for (int i = 0; i < params.length; i += 2) {
      request.add(params[i], params[i + 1]);
    }
    return request;
  }

  private static List<String> hits(QueryResponse page) {
    return page.getResults().stream().map(SolrDocument::toString).toList();
  }

  @Test
  public void severalThreadsGiveTheSameHitsAndScoresAtTheSameCost() throws Exception {
    assertEquals(2, node.getConfig().getIndexSearcherExecutorThreads());
    for (int reRankDocs : new int[] {5, 20, 40}) {
      String rq = "{!crossencoder cache=false reRankDocs=" + reRankDocs + "}";
      QueryResponse one = solr.query(params("rq", rq));
      QueryResponse several = solr.query(params("rq", rq, "multiThreaded", "true"));
      assertEquals(hits(one), hits(several));
      assertEquals(reRankDocs, FilmsTestCase.section(one).get("candidates"));
      assertEquals(reRankDocs, FilmsTestCase.section(several).get("candidates"));
    }
  }

  @Test
  public void withoutSolrsCachesTheRerankIsTheSameEveryTime() throws Exception {
    SolrParams request =
        params(
            "rq", "{!crossencoder}", "facet", "true", "facet.field", "genres", "fq", "id:[1 TO *]");
    QueryResponse first = solr.query("uncached", request);
    QueryResponse second = solr.query("uncached", request);
    assertEquals("complete", FilmsTestCase.section(second).get("outcome"));
    assertEquals(
        FilmsTestCase.section(second).get("candidates"),
        FilmsTestCase.section(second).get("cached"));
    assertEquals(hits(first), hits(second));
    assertEquals(
        first.getResponse().get("facet_counts").toString(),
        second.getResponse().get("facet_counts").toString());
  }

  @Test
  public void anEmptyIndexIsNoHitOfACache() throws Exception {
    QueryResponse response = solr.query("empty", params("rq", "{!crossencoder}"));
    assertEquals("complete", FilmsTestCase.section(response).get("outcome"));
    assertEquals(0, FilmsTestCase.section(response).get("candidates"));
  }

  private static String badRequest(String core, String rq) {
    SolrException e = expectThrows(SolrException.class, () -> solr.query(core, params("rq", rq)));
    assertEquals(400, e.code());
    return e.getMessage();
  }

  @Test
  public void allThatIsMissingIsNamedAtOnceWithAnExampleThatWorks() throws Exception {
    String message = badRequest("bare", "{!crossencoder}");
    String example = "{!crossencoder model=second fields=keywords,overview}";
    assertTrue(message, message.contains("model and fields: required"));
    assertTrue(message, message.contains("for example " + example + "; installed: second, tmdb-"));
    assertEquals(0, solr.query("bare", params("rq", example)).getStatus());
  }

  @Test
  public void theOnlyModelThereIsIsTheDefault() throws Exception {
    try (LogListener log = LogListener.info(RerankParserPlugin.class)) {
      node.reload("one");
      String message = log.pollMessage();
      assertTrue(message, message.startsWith("second is the default model of {!crossencoder}"));
    }
    String rq = "{!crossencoder fields=title,overview}";
    QueryResponse page = solr.query("one", params("rq", rq));
    assertEquals("second", FilmsTestCase.section(page).get("model"));
    String message = badRequest("one", "{!crossencoder}");
    assertTrue(message, message.contains("crossencoder: fields: required"));
    assertTrue(message, message.contains("{!crossencoder model=second fields=keywords,overview}"));
    message = badRequest("none", rq);
    assertTrue(message, message.contains("crossencoder: model: required"));
    assertTrue(message, message.contains("{!crossencoder model=NAME fields=title,overview}"));
  }
}
