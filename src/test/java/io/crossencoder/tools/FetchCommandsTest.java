// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.tools.fetch.TestHub;
import io.crossencoder.tools.fetch.TmdbArchives;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import picocli.CommandLine;

/** The commands fetch-model and fetch-tmdb. */
public final class FetchCommandsTest {
  private static final String DESCRIPTOR =
      """
      {"description": "d", "repository": "a/b", "revision": "main", "licence": "Apache-2.0",
       "languages": ["en"], "files": [
         {"path": "config.json"}, {"path": "tokenizer.json"},
         {"path": "onnx/model.onnx", "variant": "fp32"}],
       "sources": []}
      """;

  @Rule public final TestHub hub = new TestHub();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path to;

  @Before
  public void serve() throws IOException {
    to = folder.getRoot().toPath().resolve("to");
    for (String file : List.of("config.json", "tokenizer.json", "onnx/model.onnx")) {
      hub.put("/a/b/resolve/main/" + file, Files.readAllBytes(TestModels.STARTER.resolve(file)));
    }
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int fetch(String name, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "fetch-model";
    all[1] = name;
    all[2] = "--to=" + to;
    all[3] = "--from=" + hub.url();
    System.arraycopy(more, 0, all, 4, more.length);
    return run(all);
  }

  private String descriptor() throws IOException {
    return Files.writeString(folder.getRoot().toPath().resolve("mine.json"), DESCRIPTOR).toString();
  }

  @Test
  public void aModelOfOnesOwnIsFetchedAndTheNextStepSaid() throws IOException {
    assertEquals(err.toString(), 0, fetch(descriptor()));
    assertTrue(Files.exists(to.resolve("mine/onnx/model.onnx")));
    assertTrue(out.toString(), out.toString().contains("main (not pinned to a commit)"));
    assertTrue(out.toString(), out.toString().contains("rq={!crossencoder model=mine"));
  }

  @Test
  public void listShowsWhatCanBeFetched() {
    assertEquals(0, run("fetch-model", "--list"));
    assertTrue(out.toString(), out.toString().contains("ms-marco-MiniLM-L6-v2"));
  }

  @Test
  public void noModelAndAnUnknownOneAreBadUsage() {
    assertEquals(2, run("fetch-model"));
    assertTrue(
        err.toString(),
        err.toString().startsWith("error: MODEL is missing; available: bge-reranker"));
    assertEquals(2, fetch("nope"));
    assertEquals(2, fetch("../models/tmdb-starter"));
    assertEquals(2, fetch("../my model.json"));
    assertEquals(2, fetch(".hidden.json"));
    assertEquals(2, fetch("ms-marco-MiniLM-L6-v2", "--variant=fp16"));
    assertEquals(2, fetch("bge-reranker-base", "--variant=int8"));
    assertTrue(err.toString(), err.toString().contains("bge-reranker-base has no ONNX file for"));
  }

  @Test
  public void whatIsNotThereFailsInOneLine() {
    assertEquals(1, fetch("ms-marco-MiniLM-L6-v2"));
    assertEquals(
        "error: "
            + hub.url()
            + "/cross-encoder/ms-marco-MiniLM-L6-v2/resolve/"
            + "c5ee24cb16019beea0893ab7796b1df96625c6b8/config.json not found (404)\n",
        err.toString());
  }

  @Test
  public void aDescriptorThatIsNotThereFailsInOneLine() {
    assertEquals(1, fetch("no.json"));
    assertEquals("error: no such file: no.json\n", err.toString());
  }

  @Test
  public void fetchTmdbUnpacksAndCounts() throws IOException {
    hub.put("/movies.tgz", TmdbArchives.movies());
    hub.put("/judgments.tgz", TmdbArchives.judgments());
    assertEquals(err.toString(), 0, run("fetch-tmdb", "--to=" + to, "--from=" + hub.url()));
    assertTrue(out.toString(), out.toString().contains("tmdb.json, 13 B: 1 records"));
    assertTrue(out.toString(), out.toString().contains("1 judgments"));
    assertEquals(
        List.of("ai_pow_search_judgments.txt", "tmdb.json"),
        Stream.of(to.toFile().list()).sorted().toList());
    hub.asked().clear();
    assertEquals(0, run("fetch-tmdb", "--to=" + to, "--from=" + hub.url()));
    assertEquals(List.of(), hub.asked());
  }

  @Test
  public void fetchTmdbTakesArchivesThatSomeonePutThere() throws IOException {
    Files.createDirectories(to);
    Files.write(to.resolve("movies.tgz"), TmdbArchives.movies());
    Files.write(to.resolve("judgments.tgz"), TmdbArchives.judgments());
    assertEquals(err.toString(), 0, run("fetch-tmdb", "--to=" + to, "--from=" + hub.url()));
    assertEquals(List.of(), hub.asked());
  }

  @Test
  public void fetchTmdbSaysWhatToDoInstead() {
    assertEquals(1, run("fetch-tmdb", "--to=" + to, "--from=" + hub.url()));
    String said = err.toString();
    assertTrue(said, said.startsWith("error: " + hub.url() + "/movies.tgz not found (404)\n"));
    assertTrue(said, said.contains("copy them to " + to));
    assertTrue(said, said.contains("scripts/demo.sh"));
  }
}
