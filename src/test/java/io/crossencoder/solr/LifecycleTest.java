// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.model.ModelRegistry;
import io.crossencoder.model.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
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

/** Models come and go with the cores that use them. */
public class LifecycleTest extends SolrTestCase {

  private static CoreContainer node(Path home) {
    CoreContainer node = new CoreContainer(home, new java.util.Properties());
    node.load();
    return node;
  }

  private static ModelRegistry registry(CoreContainer node) {
    return (ModelRegistry) node.getObjectCache().get(ModelRegistry.class.getName());
  }

  private static void assertRefusesToLoad(Path home, String... parts) {
    CoreContainer node = node(home);
    try {
      String message = rootMessage(node.getCoreInitFailures().get("tmdb").exception);
      for (String part : parts) {
        assertTrue(message, message.contains(part));
      }
      ModelRegistry registry = registry(node);
      assertTrue("a model stays in memory", registry == null || registry.models().isEmpty());
    } finally {
      node.shutdown();
    }
  }

  private static String rootMessage(Throwable e) {
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    return messages.toString();
  }

  @Test
  public void twoCoresAndAReloadShareOneModel() throws Exception {
    CoreContainer node = node(FilmsTestCase.home("tmdb", "other"));
    try {
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
    } finally {
      node.shutdown();
    }
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
    } finally {
      node.shutdown();
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
    try {
      assertNull(node.getCoreInitFailures().get("tmdb"));
      assertEquals(1, registry(node).models().size());
      node.reload("tmdb");
      assertEquals(1, registry(node).models().size());
      node.unload("tmdb");
      assertEquals(List.of(), registry(node).models());
    } finally {
      node.shutdown();
    }
  }

  @Test
  public void aParserThatIsNamedTwiceLeavesNoModelBehind() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    addToConfig(
        home,
        "<queryParser name='crossencoder' class='io.crossencoder.solr.CrossEncoderQParserPlugin'>"
            + "<str name='fields'>title</str></queryParser>");
    CoreContainer node = node(home);
    try {
      assertEquals(1, registry(node).models().size());
      node.unload("tmdb");
      assertEquals(List.of(), registry(node).models());
    } finally {
      node.shutdown();
    }
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
    } finally {
      node.shutdown();
    }
  }

  @Test
  public void transientCoresThatTakeTurnsLeaveNoModelBehind() throws Exception {
    Path home = FilmsTestCase.home("tmdb", "other");
    Files.writeString(
        home.resolve("solr.xml"), "<solr><int name='transientCacheSize'>1</int></solr>");
    for (String core : List.of("tmdb", "other")) {
      Files.writeString(
          home.resolve(core).resolve("core.properties"),
          "name=" + core + "\ntransient=true\nloadOnStartup=false\n");
    }
    CoreContainer node = node(home);
    try {
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
    } finally {
      if (!node.isShutDown()) {
        node.shutdown();
      }
    }
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
    } finally {
      node.shutdown();
    }
  }

  @Test
  public void aNodeThatShutsDownClosesTheModelsBelowTheRequestsThatAreUnderWay() throws Exception {
    CoreContainer node = node(FilmsTestCase.home("tmdb"));
    FilmsTestCase.index(new EmbeddedSolrServer(node, "tmdb"));
    ModelRegistry registry = registry(node);
    // As a request holds it.
    SolrCore core = node.getCore("tmdb");
    node.shutdown();
    assertEquals(List.of(), registry.models());
    SolrParams params = params("{!crossencoder query='war'}");
    try (SolrQueryRequest request = new SolrQueryRequestBase(core, params) {}) {
      SolrQueryResponse response = new SolrQueryResponse();
      SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
      core.execute(core.getRequestHandler("/select"), request, response);
      assertNull(response.getException());
      NamedList<?> section = (NamedList<?>) response.getValues().get(ResponseSection.NAME);
      assertEquals("overloaded", section.get("outcome"));
      assertEquals(20, ((ResultContext) response.getResponse()).getDocList().size());
    } finally {
      SolrRequestInfo.clearRequestInfo();
      core.close();
    }
    assertTrue(core.isClosed());
  }

  /** Scores by id, complete, and from no cache of results. */
  private static Map<String, Float> scores(EmbeddedSolrServer solr) throws Exception {
    QueryResponse response = solr.query(params("{!crossencoder reRankDocs=20 cache=false}"));
    assertEquals("complete", FilmsTestCase.section(response).get("outcome"));
    Map<String, Float> scores = new TreeMap<>();
    response
        .getResults()
        .forEach(hit -> scores.put((String) hit.get("id"), FilmsTestCase.score(hit)));
    return scores;
  }

  private static SolrParams params(String rq) {
    return new ModifiableSolrParams()
        .set("q", "vietnam war")
        .set("fl", "id,score")
        .set("rows", 20)
        .set("rq", rq);
  }

  private static void addToConfig(Path home, String element) throws IOException {
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    Files.writeString(config, Files.readString(config).replace("</config>", element + "</config>"));
  }

  @Test
  public void aModelWithoutTokenizerStopsTheCore() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Files.delete(home.resolve("models/tmdb-starter/tokenizer.json"));
    assertRefusesToLoad(home, "tmdb-starter", "tokenizer.json", "missing");
  }

  @Test
  public void aTruncatedGraphStopsTheCoreAndTheOtherModelsAreClosed() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Path other = TestModels.copy(TestModels.STARTER, createTempDirOfDisk());
    Path broken = home.resolve("models/z-broken");
    Files.move(other, broken);
    byte[] graph = Files.readAllBytes(broken.resolve("onnx/model.onnx"));
    Files.write(broken.resolve("onnx/model.onnx"), Arrays.copyOf(graph, 100_000));
    assertRefusesToLoad(home, "z-broken", "model.onnx", "cannot be loaded");
  }

  @Test
  public void anUnknownSettingStopsTheCore() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    Files.writeString(config, Files.readString(config).replace("\"reRankDocs\"", "\"rerankDocs\""));
    assertRefusesToLoad(home, "rerankDocs is not known");
  }

  /** A home whose solrconfig names the model, with these options. */
  private static Path homeWithOptions(String options) throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    String model = "<str name=\"model\">tmdb-starter</str>";
    String models = "<lst name=\"models\"><lst name=\"tmdb-starter\">" + options + "</lst></lst>";
    Files.writeString(config, Files.readString(config).replace(model, model + models));
    return home;
  }

  @Test
  public void onlyTheModelsThatSolrconfigNamesAreLoaded() throws Exception {
    Path home = homeWithOptions("<int name=\"maxLength\">64</int>");
    Files.createDirectory(home.resolve("models/not-a-model"));
    CoreContainer node = node(home);
    try {
      assertNull(node.getCoreInitFailures().get("tmdb"));
      assertEquals(64, registry(node).models().get(0).maxLength());
    } finally {
      node.shutdown();
    }
  }

  @Test
  public void aProviderThatTheRuntimeLacksStopsTheCore() throws Exception {
    assertRefusesToLoad(
        homeWithOptions("<str name=\"executionProvider\">rocm</str>"),
        "cannot be computed with rocm",
        "this ONNX Runtime has");
  }

  @Test
  public void theCpuInsteadOfAProviderIsSaidInEveryResponse() throws Exception {
    Path home =
        homeWithOptions(
            "<str name=\"executionProvider\">rocm</str>"
                + "<bool name=\"executionProviderFallback\">true</bool>");
    CoreContainer node = node(home);
    try (EmbeddedSolrServer server = new EmbeddedSolrServer(node, "tmdb")) {
      FilmsTestCase.index(server);
      QueryResponse page =
          server.query(new SolrQuery("vietnam war").setParam("rq", "{!crossencoder}"));
      assertEquals("complete", FilmsTestCase.section(page).get("outcome"));
      assertEquals("cpu instead of rocm", FilmsTestCase.section(page).get("executionProvider"));
    } finally {
      node.shutdown();
    }
  }

  private static Path createTempDirOfDisk() {
    return Path.of(createTempDir().toString());
  }
}
