// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.model.ProbePairs;
import io.crossencoder.model.TestModels;
import io.crossencoder.tools.CommandException;
import io.crossencoder.tools.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The bundled model, as if it were the hub's. */
public class ModelFetchTest {
  private static final String REVISION = "0123456789012345678901234567890123456789";
  private static final String GRAPH = "onnx/model.onnx";
  private static final String INT8 = "onnx/model_quint8_avx2.onnx";

  @Rule public final TestHub hub = new TestHub();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final StringWriter out = new StringWriter();
  private Path models;
  private Path model;

  @Before
  public void serve() throws IOException {
    models = folder.getRoot().toPath().resolve("models");
    model = models.resolve("starter");
    for (String file : List.of("config.json", "tokenizer.json", GRAPH)) {
      hub.put(url(file), Files.readAllBytes(TestModels.STARTER.resolve(file)));
    }
    // Not int8, but named so: it is about which files are fetched.
    hub.put(url(INT8), Files.readAllBytes(TestModels.STARTER.resolve(GRAPH)));
  }

  private static String url(String file) {
    return "/owner/starter/resolve/" + REVISION + "/" + file;
  }

  private static ModelDescriptor.File file(String path, String variant) throws IOException {
    Checksum checksum = Checksum.of(TestModels.STARTER.resolve(variant == null ? path : GRAPH));
    return new ModelDescriptor.File(path, variant, checksum.size(), checksum.sha256());
  }

  private static ModelDescriptor.File unpinned(ModelDescriptor.File file) {
    return new ModelDescriptor.File(file.path(), file.variant(), null, null);
  }

  private static ModelDescriptor descriptor(String revision, JsonNode probe) throws IOException {
    return new ModelDescriptor(
        "a test",
        "owner/starter",
        revision,
        "Apache-2.0",
        List.of("en"),
        List.of(
            file("config.json", null),
            file("tokenizer.json", null),
            file(GRAPH, "fp32"),
            file(INT8, "avx2")),
        probe,
        List.of());
  }

  private static JsonNode probe() throws IOException {
    return new JsonMapper().readTree(TestModels.STARTER.resolve(ProbePairs.FILE).toFile());
  }

  private void fetch(ModelDescriptor descriptor, String... variants) throws IOException {
    fetch(descriptor, Location.of(hub.url().toString(), Location.HUB_LAYOUT), variants);
  }

  private void fetch(ModelDescriptor descriptor, Location location, String... variants)
      throws IOException {
    List<ModelDescriptor.File> files =
        descriptor.files().stream()
            .filter(file -> file.variant() == null || List.of(variants).contains(file.variant()))
            .toList();
    Transfer transfer =
        new Transfer(
            new Http(hub.url(), Optional.empty()),
            Duration.ofMinutes(1),
            (name, from, size) -> Progress.NONE,
            line -> {});
    new ModelFetch(
            "starter",
            descriptor,
            files,
            location,
            models,
            new Download(transfer, pause -> {}),
            new PrintWriter(out, true))
        .run();
  }

  private String failure(ModelDescriptor descriptor) {
    return assertThrows(CommandException.class, () -> fetch(descriptor, "fp32")).getMessage();
  }

  /** What a Solr would take for models. */
  private List<String> visible() throws IOException {
    try (Stream<Path> entries = Files.list(models)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  private List<String> files(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
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
    assertTrue(out.toString(), out.toString().contains("onnx/model.onnx scores as published"));
    assertEquals(List.of("starter"), everything());
  }

  /** With what is hidden. */
  private List<String> everything() throws IOException {
    try (Stream<Path> entries = Files.list(models)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  public void whatIsThereAndRightIsNotFetchedAgain() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(List.of(), hub.asked());
    assertTrue(out.toString(), out.toString().contains("Nothing to fetch"));
  }

  @Test
  public void anotherVariantJoinsTheModelThatIsThere() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    Files.writeString(model.resolve("notes.txt"), "mine");
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "avx2");
    assertEquals(List.of(url(INT8)), hub.asked());
    assertTrue(files(model).containsAll(List.of(GRAPH, INT8, "notes.txt")));
    assertEquals(4, Provenance.read(model).get().files().size());
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
    assertTrue(message, message.startsWith("the model cannot be loaded: "));
    assertEquals(List.of(), visible());
  }

  private static ModelDescriptor with(ModelDescriptor.File graph) throws IOException {
    ModelDescriptor pinned = descriptor(REVISION, probe());
    List<ModelDescriptor.File> files = new ArrayList<>(pinned.files());
    files.set(2, graph);
    return new ModelDescriptor(
        pinned.description(),
        pinned.repository(),
        pinned.revision(),
        pinned.licence(),
        pinned.languages(),
        files,
        pinned.probe(),
        pinned.sources());
  }

  @Test
  public void aWrongHashKeepsAModelFromBeingSeen() throws IOException {
    hub.put(url("config.json"), Files.readAllBytes(TestModels.STARTER.resolve("reference.json")));
    assertTrue(failure(descriptor(REVISION, probe())).contains("bytes and should have"));
    assertEquals(List.of(), visible());
  }

  @Test
  public void whatAnInterruptedFetchHasIsKept() throws IOException {
    hub.first(url(GRAPH), TestHub.status(404));
    failure(descriptor(REVISION, probe()));
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(List.of(url(GRAPH)), hub.asked());
    assertEquals(List.of("starter"), everything());
  }

  @Test
  public void whatAFetchOfAnotherRevisionLeftIsOfNoUse() throws IOException {
    hub.first(url(GRAPH), TestHub.status(404));
    failure(descriptor(REVISION, probe()));
    Path record = models.resolve(".starter.partial/source.json");
    Files.writeString(record, Files.readString(record).replace(REVISION, "main"));
    hub.asked().clear();
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(3, hub.asked().size());
  }

  @Test
  public void whatAFetchOfAnotherVariantLeftIsNotInstalled() throws IOException {
    hub.first(url(INT8), TestHub.status(404));
    assertThrows(CommandException.class, () -> fetch(descriptor(REVISION, probe()), "avx2"));
    Files.createDirectories(models.resolve(".starter.partial/onnx"));
    Files.writeString(models.resolve(".starter.partial/" + INT8 + ".part"), "half");
    fetch(descriptor(REVISION, probe()), "fp32");
    assertEquals(
        List.of("config.json", GRAPH, "probe.json", "source.json", "tokenizer.json"), files(model));
  }

  @Test
  public void twoFetchesOfAModelDoNotMix() throws Exception {
    FetchLock lock = FetchLock.take(Files.createDirectories(models), "starter");
    assertTrue(failure(descriptor(REVISION, probe())).startsWith("another fetch of starter"));
    FetchLock.take(models, "other").close();
    assertEquals(List.of(".starter.lock"), everything());
    lock.close();
    fetch(descriptor(REVISION, probe()), "fp32");
  }

  @Test
  public void aFileThatSomeoneChangedIsLeftAlone() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    Files.writeString(model.resolve("config.json"), "{}");
    String message = failure(descriptor(REVISION, probe()));
    assertTrue(message, message.startsWith(model.resolve("config.json") + " is not the file that"));
    assertEquals("{}", Files.readString(model.resolve("config.json")));
  }

  @Test
  public void anotherRevisionIsNotMixedIn() throws IOException {
    fetch(descriptor(REVISION, probe()), "fp32");
    String message = failure(descriptor("main", probe()));
    assertTrue(message, message.contains("of revision " + REVISION));
    assertTrue(message, message.endsWith("Move it away, and fetch again"));
  }

  @Test
  public void aHashThatNobodyPublishedIsRecordedAndHeldTo() throws IOException {
    ModelDescriptor unpinned = with(unpinned(file(GRAPH, "fp32")));
    fetch(unpinned, "fp32");
    String sha256 = file(GRAPH, "fp32").sha256();
    assertTrue(
        out.toString(), out.toString().contains("sha256 recorded: " + sha256.substring(0, 12)));
    assertEquals(false, Provenance.read(model).get().find(GRAPH).get().pinned());
    Files.delete(model.resolve(GRAPH));
    hub.put(url(GRAPH), "something else".getBytes(StandardCharsets.UTF_8));
    String message = failure(unpinned);
    assertTrue(message, message.endsWith("and should have " + sha256));
  }

  @Test
  public void aModelWithoutKnownScoresIsLoadedAllTheSame() throws IOException {
    fetch(descriptor(REVISION, null), "fp32");
    assertTrue(out.toString(), out.toString().contains("no scores to compare with"));
    assertEquals(false, Files.exists(model.resolve("probe.json")));
  }

  @Test
  public void aDirectoryIsAsGoodAsAHub() throws IOException {
    Path stick = TestModels.copy(TestModels.STARTER, folder.newFolder("stick").toPath());
    Location inside = Location.of(stick.toString(), Location.HUB_LAYOUT, "starter");
    fetch(descriptor(REVISION, probe()), inside, "fp32");
    assertEquals(List.of("starter"), visible());
    assertEquals(List.of(), hub.asked());
  }

  @Test
  public void weightsBesideAGraphAreFetchedWithIt() throws IOException {
    hub.put(url(GRAPH + "_data"), new byte[] {1, 2, 3});
    ModelDescriptor plain = descriptor(REVISION, probe());
    List<ModelDescriptor.File> files = new ArrayList<>(plain.files());
    files.add(new ModelDescriptor.File(GRAPH + "_data", "fp32", 3L, null));
    fetch(
        new ModelDescriptor(
            "", "owner/starter", REVISION, "", List.of(), files, probe(), List.of()),
        "fp32");
    assertTrue(Files.exists(model.resolve(GRAPH + "_data")));
  }
}
