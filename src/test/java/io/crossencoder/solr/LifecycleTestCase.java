// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.core.CoreContainer;
import org.junit.After;

/** Nodes that a test starts and stops. */
public abstract class LifecycleTestCase extends SolrTestCase {

  private final List<CoreContainer> nodes = new ArrayList<>();

  /** Starts a node, which is shut down after the test. */
  CoreContainer node(Path home) {
    CoreContainer node = new CoreContainer(home, new java.util.Properties());
    nodes.add(node);
    node.load();
    return node;
  }

  @After
  public void shutDownNodes() {
    nodes.stream().filter(node -> !node.isShutDown()).forEach(CoreContainer::shutdown);
  }

  static ModelRegistry registry(CoreContainer node) {
    return (ModelRegistry) node.getObjectCache().get(ModelRegistry.class.getName());
  }

  void assertRefusesToLoad(Path home, String... parts) {
    CoreContainer node = node(home);
    String message = rootMessage(node.getCoreInitFailures().get("tmdb").exception);
    for (String part : parts) {
      assertTrue(message, message.contains(part));
    }
    ModelRegistry registry = registry(node);
    assertTrue("a model stays in memory", registry == null || registry.models().isEmpty());
  }

  static String rootMessage(Throwable e) {
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    return messages.toString();
  }

  /** Complete scores by id, not from queryResultCache. */
  static Map<String, Float> scores(EmbeddedSolrServer solr) throws Exception {
    QueryResponse response = solr.query(params("{!crossencoder reRankDocs=20 cache=false}"));
    assertEquals("complete", FilmsTestCase.section(response).get("outcome"));
    Map<String, Float> scores = new TreeMap<>();
    response
        .getResults()
        .forEach(hit -> scores.put((String) hit.get("id"), FilmsTestCase.score(hit)));
    return scores;
  }

  static SolrParams params(String rq) {
    return new ModifiableSolrParams()
        .set("q", "vietnam war")
        .set("fl", "id,score")
        .set("rows", 20)
        .set("rq", rq);
  }

  static void addToConfig(Path home, String element) throws IOException {
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    Files.writeString(config, Files.readString(config).replace("</config>", element + "</config>"));
  }

  /** A Solr home directory whose solrconfig.xml lists the model with these options. */
  static Path homeWithOptions(String options) throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    String model = "<str name=\"model\">tmdb-starter</str>";
    String models = "<lst name=\"models\"><lst name=\"tmdb-starter\">" + options + "</lst></lst>";
    Files.writeString(config, Files.readString(config).replace(model, model + models));
    return home;
  }
}
