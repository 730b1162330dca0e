// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import io.crossencoder.model.PairTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.core.CoreContainer;
import org.junit.Test;

/** The models that a core loads, their options, and errors that prevent the core from loading. */
public final class ModelOptionsTest extends LifecycleTestCase {

  @Test
  public void aModelWithoutTokenizerStopsTheCore() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Files.delete(home.resolve("models/tmdb-starter/tokenizer.json"));
    assertRefusesToLoad(home, "tmdb-starter", "tokenizer.json", "not found");
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
    assertRefusesToLoad(home, "rerankDocs is not a valid option");
  }

  @Test
  public void onlyTheModelsThatSolrconfigNamesAreLoaded() throws Exception {
    Path home = homeWithOptions("<int name=\"maxLength\">64</int>");
    Files.createDirectory(home.resolve("models/not-a-model"));
    CoreContainer node = node(home);
    assertNull(node.getCoreInitFailures().get("tmdb"));
    assertEquals(64, registry(node).models().get(0).maxLength());
  }

  @Test
  public void aTemplateKeepsItsSpacesAndLines() throws Exception {
    CoreContainer node =
        node(
            homeWithOptions(
                "<str name=\"prefix\">  &lt;Query>: </str><str name=\"between\">&#10;&lt;Text>:"
                    + " </str>"));
    assertEquals(
        new PairTemplate("  <Query>: ", Optional.of("\n<Text>: "), ""),
        registry(node).models().get(0).input().template());
  }

  @Test
  public void aProviderThatTheRuntimeLacksStopsTheCore() throws Exception {
    assertRefusesToLoad(
        homeWithOptions("<str name=\"executionProvider\">rocm</str>"),
        "cannot run on execution provider rocm",
        "this ONNX Runtime supports");
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
      QueryResponse page = server.query(params("{!crossencoder}"));
      assertEquals("complete", FilmsTestCase.section(page).get("outcome"));
      assertEquals("cpu instead of rocm", FilmsTestCase.section(page).get("executionProvider"));
    }
  }

  private static Path createTempDirOfDisk() {
    return Path.of(createTempDir().toString());
  }
}
