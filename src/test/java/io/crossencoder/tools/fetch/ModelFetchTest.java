// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.engine.TestModels;
import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.tools.fetch.download.UrlTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

/** A download of the bundled model from a test Hub. */
public final class ModelFetchTest extends ModelFetchTestCase {

  /** The directories that Solr would treat as models. */
  private List<String> visible() throws IOException {
    try (Stream<Path> entries = Files.list(models)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  @Test
  public void aModelIsInstalledWithItsProbePairsAndItsRecord() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(
        List.of("config.json", GRAPH, "probe.json", "source.json", "tokenizer.json"), files(model));
    assertEquals(List.of("starter"), visible());
    assertEquals(
        ProbePairs.read(TestModels.STARTER).get().pairs(), ProbePairs.read(model).get().pairs());
    Provenance.Item item = Provenance.read(model).get().find(GRAPH).get();
    assertEquals(file(GRAPH, "fp32").sha256(), item.sha256());
    assertEquals(hub.url(url(GRAPH)).toString(), item.url());
    assertTrue(item.pinned());
    assertTrue(
        out.toString(), out.toString().contains("onnx/model.onnx returns the published scores"));
    assertEquals(List.of("starter"), everything());
  }

  @Test
  public void wrongScoresKeepAModelFromBeingSeen() throws IOException {
    String published = probe().at("/pairs/0/score").asText();
    JsonNode wrong = new JsonMapper().readTree(probe().toString().replace(published, "99.5"));
    String message = failure(descriptor(REVISION, wrong));
    assertTrue(message, message.contains("query \"vietnam war\""));
    assertTrue(
        message, message.contains("expected 99.500000 ± 0.001, got " + published.substring(0, 5)));
    assertEquals(List.of(), visible());
  }

  @Test
  public void pairsThatWereTakenOutOfTheDescriptorAreForgotten() throws IOException {
    String published = probe().at("/pairs/0/score").asText();
    JsonNode wrong = new JsonMapper().readTree(probe().toString().replace(published, "99.5"));
    failure(descriptor(REVISION, wrong));
    fetch(descriptor(REVISION, null), "fp32");
    assertEquals(List.of("starter"), visible());
    assertTrue(Files.notExists(model.resolve(ProbePairs.FILE)));
  }

  @Test
  public void aModelThatCannotBeLoadedIsNotSeen() throws IOException {
    byte[] junk = "no graph".getBytes(StandardCharsets.UTF_8);
    hub.put(url(GRAPH), junk);
    ModelDescriptor.File graph = unpinned(file(GRAPH, "fp32"));
    String message = failure(with(graph));
    assertTrue(message, message.startsWith("cannot load the model: "));
    assertEquals(List.of(), visible());
  }

  @Test
  public void aWrongHashKeepsAModelFromBeingSeen() throws IOException {
    hub.put(url("config.json"), Files.readAllBytes(TestModels.STARTER.resolve("reference.json")));
    assertTrue(failure(descriptor(REVISION, probe())).contains("bytes instead of"));
    assertEquals(List.of(), visible());
  }

  @Test
  public void aModelWithoutKnownScoresIsLoadedAllTheSame() throws IOException {
    fetch(descriptor(REVISION, null), "fp32");
    assertTrue(
        out.toString(),
        out.toString().contains("there are no published scores. A relevant passage"));
    assertEquals(false, Files.exists(model.resolve("probe.json")));
  }

  @Test
  public void aDirectoryIsAsGoodAsAHub() throws IOException {
    Path stick = TestModels.copy(TestModels.STARTER, folder.newFolder("stick").toPath());
    UrlTemplate inside = UrlTemplate.of(stick.toString(), UrlTemplate.HUB_LAYOUT, "starter");
    fetch(descriptor(REVISION, probe()), inside, "fp32");
    assertEquals(List.of("starter"), visible());
    assertEquals(List.of(), hub.asked());
  }

  @Test
  public void aGraphThatSomebodyElseExportedIsFetchedFromHim() throws IOException {
    String other = "somebody/exports@" + REVISION.replace('0', '9');
    hub.put(
        "/somebody/exports/resolve/" + REVISION.replace('0', '9') + "/" + GRAPH,
        Files.readAllBytes(TestModels.STARTER.resolve(GRAPH)));
    hub.reply(url(GRAPH), TestHub.status(404));
    ModelDescriptor.File own = file(GRAPH, "fp32");
    fetch(
        with(new ModelDescriptor.File(GRAPH, "fp32", own.size(), own.sha256(), null, other)),
        "fp32");
    String url = Provenance.read(model).get().find(GRAPH).get().url();
    assertTrue(url, url.contains("/somebody/exports/resolve/9"));
  }

  @Test
  public void weightsBesideAGraphAreFetchedWithIt() throws IOException {
    hub.put(url(GRAPH + "_data"), new byte[] {1, 2, 3});
    ModelDescriptor plain = descriptor(REVISION, probe());
    List<ModelDescriptor.File> files = new ArrayList<>(plain.files());
    files.add(new ModelDescriptor.File(GRAPH + "_data", "fp32", 3L, null, null, null));
    fetch(
        new ModelDescriptor(
            "", "owner/starter", REVISION, "", List.of(), files, probe(), List.of()),
        "fp32");
    assertTrue(Files.exists(model.resolve(GRAPH + "_data")));
  }
}
