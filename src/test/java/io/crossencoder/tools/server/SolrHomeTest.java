// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SolrHomeTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private ProjectFiles project;
  private SolrHome home;

  @Before
  public void buildProject() throws Exception {
    project = new ProjectFiles(folder.newFolder("project").toPath());
    home = new SolrHome(folder.getRoot().toPath().resolve("home"));
    write(project.root().resolve("target/solr-crossencoder-1-tools.jar"), "tools");
    write(project.root().resolve("target/solr-crossencoder-1.jar"), "plugin");
    write(project.root().resolve("target/lib/plugin/onnxruntime-2.jar"), "library");
    write(project.models().resolve("m/onnx/model.onnx"), "model");
    write(project.models().resolve("another.json"), "descriptor of a model to fetch");
    write(project.configset().resolve("solrconfig.xml"), "<config/>");
  }

  @Test
  public void createLaysOutWhatSolrNeeds() throws Exception {
    home.create(project);
    assertEquals(
        List.of(
            "lib/onnxruntime-2.jar",
            "lib/solr-crossencoder-1.jar",
            "models/m/onnx/model.onnx",
            "solr.xml",
            "tmdb/conf/solrconfig.xml",
            "tmdb/core.properties"),
        files());
    assertTrue(home.exists());
  }

  @Test
  public void createLeavesAStrangersDirectoryAlone() throws Exception {
    write(home.path().resolve("letter.txt"), "dear");
    assertThrows(CommandException.class, () -> home.create(project));
    assertEquals(List.of("letter.txt"), files());
  }

  @Test
  public void newerJarReplacesTheInstalledOne() throws Exception {
    home.create(project);
    Path jar = project.root().resolve("target/solr-crossencoder-1.jar");
    writeLater(jar, "rebuilt");
    assertEquals(1, new SolrHomeUpdate(home).run(project).size());
    assertEquals("rebuilt", Files.readString(home.library().resolve("solr-crossencoder-1.jar")));
  }

  @Test
  public void newerInstalledJarStays() throws Exception {
    home.create(project);
    Path installed = home.library().resolve("solr-crossencoder-1.jar");
    writeLater(installed, "patched");
    assertEquals(List.of(), new SolrHomeUpdate(home).run(project));
    assertEquals("patched", Files.readString(installed));
  }

  @Test
  public void newerModelReplacesTheInstalledOne() throws Exception {
    home.create(project);
    Path installed = home.models().resolve("m/onnx");
    write(installed.resolve("model_optimized.onnx"), "a graph that the newer model has not");
    writeLater(project.models().resolve("m/onnx/model.onnx"), "trained anew");
    assertEquals(List.of("Updated m in " + home.models()), new SolrHomeUpdate(home).run(project));
    assertEquals("trained anew", Files.readString(installed.resolve("model.onnx")));
    assertTrue(Files.notExists(installed.resolve("model_optimized.onnx")));
    assertEquals(List.of(), new SolrHomeUpdate(home).run(project));
  }

  @Test
  public void modelThatTheUserPutThereStays() throws Exception {
    home.create(project);
    Path installed = home.models().resolve("m/onnx/model.onnx");
    writeLater(installed, "the user's own");
    write(home.models().resolve("another/onnx/model.onnx"), "the user's as well");
    assertEquals(List.of(), new SolrHomeUpdate(home).run(project));
    assertEquals("the user's own", Files.readString(installed));
  }

  @Test
  public void newerConfigurationIsNamedAndNotTaken() throws Exception {
    home.create(project);
    Path installed = home.path().resolve("tmdb/conf/solrconfig.xml");
    writeLater(project.configset().resolve("solrconfig.xml"), "<config>newer</config>");
    List<String> changes = new SolrHomeUpdate(home).run(project);
    assertEquals(1, changes.size());
    assertTrue(changes.get(0), changes.get(0).contains("cp -r " + project.configset() + "/. "));
    assertEquals("<config/>", Files.readString(installed));
  }

  @Test
  public void onlyOneVersionOfAnArtifactStays() throws Exception {
    home.create(project);
    write(home.library().resolve("onnxruntime-1.9.jar"), "old");
    write(home.library().resolve("somebodys-own-1.jar"), "own");
    new SolrHomeUpdate(home).run(project);
    assertTrue(Files.notExists(home.library().resolve("onnxruntime-1.9.jar")));
    assertTrue(Files.exists(home.library().resolve("somebodys-own-1.jar")));
  }

  @Test
  public void unbuiltProjectSaysHowToBuild() throws Exception {
    ProjectFiles unbuilt = new ProjectFiles(folder.newFolder("unbuilt").toPath());
    CommandException failure = assertThrows(CommandException.class, unbuilt::pluginJars);
    assertTrue(failure.getMessage(), failure.getMessage().contains("mvn"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void writeLater(Path file, String text) throws IOException {
    write(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(10)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(home.path())) {
      return tree.filter(Files::isRegularFile)
          .map(file -> home.path().relativize(file).toString())
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
