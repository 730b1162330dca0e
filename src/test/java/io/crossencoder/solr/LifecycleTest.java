// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.ModelRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrQueryRequestBase;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.ResultContext;
import org.apache.solr.response.SolrQueryResponse;
import org.junit.Test;

/** Models are loaded and freed with the cores that use them. */
public final class LifecycleTest extends LifecycleTestCase {

  @Test
  public void twoCoresAndAReloadShareOneModel() throws Exception {
    CoreContainer node = node(FilmsTestCase.home("tmdb", "other"));
    assertEquals(1, registry(node).models().size());
    node.reload("tmdb");
    assertEquals(1, registry(node).models().size());
    node.unload("other");
    assertEquals(1, registry(node).models().size());
    try (EmbeddedSolrServer server = new EmbeddedSolrServer(node, "tmdb")) {
      FilmsTestCase.index(server);
      node.unload("tmdb");
      assertEquals(0, registry(node).models().size());
    }
  }

  @Test
  public void aDirectoryOfSomethingElseAmongTheModelsStopsNoCore() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Files.createDirectory(home.resolve("models/lost+found"));
    Files.writeString(Files.createDirectory(home.resolve("models/notes")).resolve("a.txt"), "a");
    CoreContainer node = node(home);
    assertTrue(node.getCoreInitFailures().isEmpty());
    assertEquals(1, registry(node).models().size());
  }

  @Test
  public void aCoreThatFailsWhenItsModelsAreLoadedGivesThemBack() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    addToConfig(
        home, "<searchComponent name='f' class='" + FailingComponent.class.getName() + "'/>");
    assertRefusesToLoad(home, "this component never starts");
  }

  @Test
  public void aFailedReloadGivesBackOnlyItsOwnShare() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    CoreContainer node = node(home);
    try (EmbeddedSolrServer solr = new EmbeddedSolrServer(node, "tmdb")) {
      FilmsTestCase.index(solr);
      Map<String, Float> before = scores(solr);
      addToConfig(
          home, "<searchComponent name='f' class='" + FailingComponent.class.getName() + "'/>");
      expectThrows(SolrException.class, () -> node.reload("tmdb"));
      assertEquals(1, registry(node).models().size());
      assertEquals(before, scores(solr));
      Path config = home.resolve("tmdb/conf/solrconfig.xml");
      Files.writeString(
          config, Files.readString(config).replaceAll("<searchComponent name='f'.*/>", ""));
      // Solr 9.10 does not unload a core whose last reload has failed.
      node.reload("tmdb");
      node.unload("tmdb");
      assertEquals(List.of(), registry(node).models());
    }
  }

  @Test
  public void twoParsersOfACoreShareAModelUntilItCloses() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    addToConfig(
        home,
        "<queryParser name='ce' class='io.crossencoder.solr.CrossEncoderQParserPlugin'>"
            + "<str name='model'>tmdb-starter</str><str name='fields'>title</str></queryParser>");
    CoreContainer node = node(home);
    assertNull(node.getCoreInitFailures().get("tmdb"));
    assertEquals(1, registry(node).models().size());
    node.reload("tmdb");
    assertEquals(1, registry(node).models().size());
    node.unload("tmdb");
    assertEquals(List.of(), registry(node).models());
  }

  @Test
  public void aParserThatIsNamedTwiceLeavesNoModelBehind() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    addToConfig(
        home,
        "<queryParser name='crossencoder' class='io.crossencoder.solr.CrossEncoderQParserPlugin'>"
            + "<str name='fields'>title</str></queryParser>");
    CoreContainer node = node(home);
    assertEquals(1, registry(node).models().size());
    node.unload("tmdb");
    assertEquals(List.of(), registry(node).models());
  }

  @Test
  public void aCoreThatLoadsWithItsFirstRequestLoadsTheModelThen() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Files.writeString(home.resolve("tmdb/core.properties"), "name=tmdb\nloadOnStartup=false\n");
    CoreContainer node = node(home);
    try (EmbeddedSolrServer solr = new EmbeddedSolrServer(node, "tmdb")) {
      assertNull(registry(node));
      FilmsTestCase.index(solr);
      assertEquals(1, registry(node).models().size());
      assertEquals(20, scores(solr).size());
    }
  }

  @Test
  public void transientCoresThatTakeTurnsLeaveNoModelBehind() throws Exception {
    assumeTrue("Solr 10 has no transient cores", Integer.getInteger("solr.major", 9) < 10);
    Path home = FilmsTestCase.home("tmdb", "other");
    Files.writeString(
        home.resolve("solr.xml"), "<solr><int name='transientCacheSize'>1</int></solr>");
    for (String core : List.of("tmdb", "other")) {
      Files.writeString(
          home.resolve(core).resolve("core.properties"),
          "name=" + core + "\ntransient=true\nloadOnStartup=false\n");
    }
    CoreContainer node = node(home);
    for (int turn = 0; turn < 3; turn++) {
      for (String core : List.of("tmdb", "other")) {
        try (EmbeddedSolrServer solr = new EmbeddedSolrServer(node, core)) {
          FilmsTestCase.index(solr);
          assertEquals(20, scores(solr).size());
        }
        assertEquals(1, registry(node).models().size());
      }
    }
    ModelRegistry registry = registry(node);
    node.shutdown();
    assertEquals(List.of(), registry.models());
  }

  @Test
  public void aRenamedCoreGoesOnWithItsModel() throws Exception {
    CoreContainer node = node(FilmsTestCase.home("tmdb"));
    try (EmbeddedSolrServer solr = new EmbeddedSolrServer(node, "tmdb");
        EmbeddedSolrServer renamed = new EmbeddedSolrServer(node, "films")) {
      FilmsTestCase.index(solr);
      Map<String, Float> before = scores(solr);
      node.rename("tmdb", "films");
      assertEquals(before, scores(renamed));
      node.unload("films");
      assertEquals(List.of(), registry(node).models());
    }
  }

  @Test
  public void aNodeThatShutsDownClosesTheModelsBelowTheRequestsThatAreUnderWay() throws Exception {
    CoreContainer node = node(FilmsTestCase.home("tmdb"));
    FilmsTestCase.index(new EmbeddedSolrServer(node, "tmdb"));
    ModelRegistry registry = registry(node);
    // Like a request.
    SolrCore core = node.getCore("tmdb");
    node.shutdown();
    assertEquals(List.of(), registry.models());
    SolrParams params = params("{!crossencoder query='war'}");
    try (SolrQueryRequest request = new SolrQueryRequestBase(core, params) {}) {
      SolrQueryResponse response = new SolrQueryResponse();
      SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
      core.execute(core.getRequestHandler("/select"), request, response);
      assertNull(response.getException());
      NamedList<?> section = (NamedList<?>) response.getValues().get("crossEncoder");
      assertEquals("overloaded", section.get("outcome"));
      assertEquals(20, ((ResultContext) response.getResponse()).getDocList().size());
    } finally {
      SolrRequestInfo.clearRequestInfo();
      core.close();
    }
    assertTrue(core.isClosed());
  }
}
