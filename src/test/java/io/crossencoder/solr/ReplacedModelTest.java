// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.metrics.NodeMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.embedded.EmbeddedSolrServer;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CoreContainer;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A RELOAD loads the replaced files of a model. */
public class ReplacedModelTest extends SolrTestCase {

  private Path models;
  private CoreContainer node;
  private EmbeddedSolrServer solr;
  private Map<String, Float> before;
  private Map<String, Float> opposite;

  @Before
  public void startSolr() throws Exception {
    Path home = FilmsTestCase.home("tmdb");
    models = home.resolve("models");
    node = new CoreContainer(home, new Properties());
    node.load();
    solr = new EmbeddedSolrServer(node, "tmdb");
    FilmsTestCase.index(solr);
    before = scores();
    opposite = new TreeMap<>(before);
    opposite.replaceAll((id, score) -> -score);
  }

  @After
  public void stopSolr() {
    node.shutdown();
  }

  private Map<String, Float> scores() throws Exception {
    QueryResponse response =
        solr.query(
            new ModifiableSolrParams()
                .set("q", "vietnam war")
                .set("fl", "id,score")
                .set("rows", 20)
                .set("rq", "{!crossencoder reRankDocs=20}"));
    assertTrue(
        List.of("complete", "queryResultCache")
            .contains(FilmsTestCase.section(response).get("outcome")));
    Map<String, Float> scores = new TreeMap<>();
    response
        .getResults()
        .forEach(hit -> scores.put((String) hit.get("id"), FilmsTestCase.score(hit)));
    return scores;
  }

  private void assertScores(Map<String, Float> expected) throws Exception {
    Map<String, Float> scores = scores();
    assertEquals(expected.keySet(), scores.keySet());
    expected.forEach((id, score) -> assertEquals(id, score, scores.get(id), 1e-3f));
    ModelRegistry registry =
        (ModelRegistry) node.getObjectCache().get(ModelRegistry.class.getName());
    assertEquals("copies in memory", 1, registry.models().size());
  }

  @Test
  public void filesWrittenOverTheOldOnesCountWithTheReload() throws Exception {
    TestModels.negate(models.resolve("tmdb-starter"));
    assertScores(before);
    node.reload("tmdb");
    assertScores(opposite);
  }

  @Test
  public void aDirectoryRenamedIntoThePlaceOfTheOldOneCountsWithTheReload() throws Exception {
    // Hidden while it is copied; the replaced directory can stay next to it, also hidden.
    Path copy = TestModels.copy(TestModels.STARTER, Files.createDirectory(models.resolve(".new")));
    TestModels.negate(copy);
    Files.move(models.resolve("tmdb-starter"), models.resolve(".old"));
    Files.move(copy, models.resolve("tmdb-starter"));
    assertScores(before);
    node.reload("tmdb");
    assertScores(opposite);
    Files.move(models.resolve("tmdb-starter"), models.resolve(".bad"));
    Files.move(models.resolve(".old"), models.resolve("tmdb-starter"));
    node.reload("tmdb");
    assertScores(before);
  }

  @Test
  public void aLinkThatPointsElsewhereCountsWithTheReload() throws Exception {
    Path versions = Path.of(createTempDir().toString());
    Path copy = TestModels.copy(TestModels.STARTER, versions);
    TestModels.negate(copy);
    Files.move(models.resolve("tmdb-starter"), versions.resolve("1"));
    Files.createSymbolicLink(models.resolve("tmdb-starter"), versions.resolve("1"));
    node.reload("tmdb");
    assertScores(before);
    Files.delete(models.resolve("tmdb-starter"));
    Files.createSymbolicLink(models.resolve("tmdb-starter"), copy);
    node.reload("tmdb");
    assertScores(opposite);
  }

  @Test
  public void brokenFilesFailTheReloadAndTheOldCoreGoesOn() throws Exception {
    Path graph = models.resolve("tmdb-starter/onnx/model.onnx");
    byte[] whole = Files.readAllBytes(graph);
    Files.write(graph, new byte[] {1, 2, 3});
    SolrException e = expectThrows(SolrException.class, () -> node.reload("tmdb"));
    String reason = e.getCause().getMessage();
    assertTrue(reason, reason.contains(graph + ": cannot be loaded"));
    assertScores(before);
    Files.write(graph, whole);
    TestModels.negate(models.resolve("tmdb-starter"));
    node.reload("tmdb");
    assertScores(opposite);
  }

  @Test
  public void anotherCoreKeepsTheOldFilesUntilItIsReloadedToo() throws Exception {
    Path other = FilmsTestCase.core(models.getParent(), "other");
    node.create("other", other, Map.of(), false);
    TestModels.negate(models.resolve("tmdb-starter"));
    node.reload("other");
    ModelRegistry registry =
        (ModelRegistry) node.getObjectCache().get(ModelRegistry.class.getName());
    assertEquals(2, registry.models().size());
    node.reload("tmdb");
    assertScores(opposite);
  }

  @Test
  public void aLogitThatIsNoNumberIsAFailureWithTheNameOfTheModel() throws Exception {
    int boxer = 1967;
    TestModels.spoil(models.resolve("tmdb-starter"), boxer);
    node.reload("tmdb");
    QueryResponse response =
        solr.query(
            new ModifiableSolrParams().set("q", "boxer").set("rq", "{!crossencoder}a fight"));
    NamedList<Object> section = FilmsTestCase.section(response);
    assertEquals("failed", section.get("outcome"));
    assertTrue(section.toString(), section.get("error").toString().contains("tmdb-starter"));
    assertTrue((int) section.get("scored") < (int) section.get("candidates"));
    NodeMetrics metrics = NodeMetrics.of(node);
    String failures = metrics.failures().failures().toString();
    assertTrue(failures, failures.contains("reranking with model 'tmdb-starter' failed"));
    assertTrue(
        metrics.all().stream()
            .filter(metric -> "failed".equals(metric.labels().get("outcome")))
            .anyMatch(metric -> (Long) metric.value().get() == 1));
  }
}
