// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.Documentation;
import io.crossencoder.engine.TestModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The program in docs/getting-started.md can be compiled and run. */
public class LuceneExampleTest {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static String program() {
    return Documentation.blocks("java").stream()
        .map(Documentation.Passage::text)
        .filter(block -> block.contains("class Rerank "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  public void itCompilesAndPutsTheFilmAboutVietnamFirst() throws Exception {
    Path source = Files.writeString(folder.newFile("Rerank.java").toPath(), program());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder.newFolder(),
                "--class-path",
                LuceneOnlyTest.classPath(),
                source.toString(),
                TestModels.STARTER.toString())
            .redirectError(folder.newFile("log").toPath().toFile())
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    String log = Files.readString(folder.getRoot().toPath().resolve("log"));
    assertEquals(log, 0, process.waitFor());
    assertEquals(log, 3, lines.size());
    assertTrue(lines.toString(), lines.get(0).endsWith("\tSoldiers in the Vietnam War."));
  }
}
