// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.engine.TestModels;
import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.tools.common.Checksum;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.fetch.download.Download;
import io.crossencoder.tools.fetch.download.Http;
import io.crossencoder.tools.fetch.download.Transfer;
import io.crossencoder.tools.fetch.download.UrlTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** A test Hub with the bundled model. */
public abstract class ModelFetchTestCase {

  static final String REVISION = "0123456789012345678901234567890123456789";
  static final String GRAPH = "onnx/model.onnx";
  static final String INT8 = "onnx/model_quint8_avx2.onnx";

  @Rule public final TestHub hub = new TestHub();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  final StringWriter out = new StringWriter();
  Path models;
  Path model;

  @Before
  public void serve() throws IOException {
    models = folder.getRoot().toPath().resolve("models");
    model = models.resolve("starter");
    for (String file : List.of("config.json", "tokenizer.json", GRAPH)) {
      hub.put(url(file), Files.readAllBytes(TestModels.STARTER.resolve(file)));
    }
    // Not int8, only named so, because the test is about the selection of files.
    hub.put(url(INT8), Files.readAllBytes(TestModels.STARTER.resolve(GRAPH)));
  }

  static String url(String file) {
    return "/owner/starter/resolve/" + REVISION + "/" + file;
  }

  static ModelDescriptor.File file(String path, String variant) throws IOException {
    Checksum checksum = Checksum.of(TestModels.STARTER.resolve(variant == null ? path : GRAPH));
    return new ModelDescriptor.File(path, variant, checksum.size(), checksum.sha256(), null, null);
  }

  static ModelDescriptor.File unpinned(ModelDescriptor.File file) {
    return new ModelDescriptor.File(file.path(), file.variant(), null, null, null, null);
  }

  static ModelDescriptor descriptor(String revision, JsonNode probe) throws IOException {
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

  static JsonNode probe() throws IOException {
    return new JsonMapper().readTree(TestModels.STARTER.resolve(ProbePairs.FILE).toFile());
  }

  void fetch(ModelDescriptor descriptor, String... variants) throws IOException {
    fetch(descriptor, UrlTemplate.of(hub.url().toString(), UrlTemplate.HUB_LAYOUT), variants);
  }

  void fetch(ModelDescriptor descriptor, UrlTemplate location, String... variants)
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

  String failure(ModelDescriptor descriptor) {
    return assertThrows(CommandException.class, () -> fetch(descriptor, "fp32")).getMessage();
  }

  List<String> files(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** Including hidden files. */
  List<String> everything() throws IOException {
    try (Stream<Path> entries = Files.list(models)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  static ModelDescriptor with(ModelDescriptor.File graph) throws IOException {
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
}
