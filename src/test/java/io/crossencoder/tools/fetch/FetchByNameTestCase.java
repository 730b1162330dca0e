// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.tools.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import picocli.CommandLine;

/** A Hub with the repository some-one/starter, and the command. */
public abstract class FetchByNameTestCase {
  static final String NAME = "some-one/starter";

  @Rule public final TestHub hub = new TestHub();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  Path published;
  Path models;
  Path model;
  String out;
  String err;

  @Before
  public void publish() throws IOException {
    models = folder.getRoot().toPath().resolve("models");
    model = models.resolve("starter");
    published = folder.newFolder("published").toPath();
    for (String file : List.of("config.json", "tokenizer.json", "onnx/model.onnx")) {
      Files.createDirectories(published.resolve(file).getParent());
      Files.copy(TestModels.STARTER.resolve(file), published.resolve(file));
    }
    Files.writeString(published.resolve("README.md"), "What nobody fetches.");
  }

  void serve() throws IOException {
    TestRepository.serve(hub, NAME, published);
  }

  /** Returns the exit code. */
  int fetch(String name, String... more) {
    StringWriter standard = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(standard, true));
    line.setErr(new PrintWriter(errors, true));
    List<String> arguments = new ArrayList<>(List.of("fetch-model", name, "--to=" + models));
    arguments.addAll(List.of(more));
    if (arguments.stream().noneMatch(argument -> argument.startsWith("--from="))) {
      arguments.add("--from=" + hub.url());
    }
    int code = line.execute(arguments.toArray(String[]::new));
    out = standard.toString();
    err = errors.toString();
    return code;
  }

  void assertFetched(String... files) throws IOException {
    assertEquals(err, 0, fetch(NAME));
    assertEquals(Stream.of(files).sorted().toList(), files());
  }

  void assertFails(String reason, String... more) {
    assertEquals(out, 1, fetch(NAME, more));
    assertTrue(err, err.contains(reason));
    assertTrue("nothing that Solr would take for a model", Files.notExists(model));
  }

  List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(model)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> model.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
