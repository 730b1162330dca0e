// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.core.CoreContainer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** A core that warms its searchers and queryResultCache with reranked searches. */
public class WarmingTest extends SolrTestCase {

  private static final String RQ = "{!crossencoder reRankDocs=20}";

  private static CoreContainer node;
  private static EmbeddedSolrServer solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    String listeners = "";
    for (String event : List.of("firstSearcher", "newSearcher")) {
      listeners +=
          "<listener event='"
              + event
              + "' class='solr.QuerySenderListener'><arr name='queries'><lst>"
              + "<str name='q'>prison escape</str><str name='rq'>"
              + RQ
              + "</str></lst></arr></listener>";
    }
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "<queryResultCache size=\"512\" initialSize=\"512\" autowarmCount=\"0\"/>",
                "<queryResultCache size='512' initialSize='512' autowarmCount='10'/>" + listeners)
            // A search waits until the searcher is warm.
            .replace("<useColdSearcher>true", "<useColdSearcher>false"));
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

  private static String outcome(String q) throws Exception {
    ModifiableSolrParams params = new ModifiableSolrParams().set("q", q).set("rq", RQ);
    return (String) FilmsTestCase.section(solr.query(params)).get("outcome");
  }

  @Test
  public void theSearchesOfListenersAreRerankedWhenACoreIsReloaded() throws Exception {
    node.reload("tmdb");
    assertEquals("queryResultCache", outcome("prison escape"));
    assertEquals("complete", outcome("space travel"));
  }

  @Test
  public void resultsThatWereCachedAreRerankedForTheNextSearcher() throws Exception {
    assertEquals("complete", outcome("robot love"));
    solr.add(
        new SolrInputDocument("id", "new", "title", "A robot", "overview", "It falls in love."));
    solr.commit();
    assertEquals("queryResultCache", outcome("robot love"));
    solr.deleteById("new");
    solr.commit();
  }
}
