// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * A Solr home with one core and the plugin in its lib folder, as an administrator would lay it out.
 *
 * @param path its absolute directory
 */
public record SolrHome(Path path) {
  /** The name of its core. */
  public static final String CORE = "tmdb";

  /**
   * Makes the path absolute.
   *
   * @param path of the home; need not be there yet
   */
  public SolrHome {
    path = path.toAbsolutePath().normalize();
  }

  Path logs() {
    return path.resolve("logs");
  }

  Path consoleLog() {
    return logs().resolve("console.log");
  }

  Path solrLog() {
    return logs().resolve("solr.log");
  }

  Path temporary() {
    return path.resolve("tmp");
  }

  /** {@return where the plugin finds its models, a directory each} */
  public Path models() {
    return path.resolve("models");
  }

  Path configuration() {
    return path.resolve(CORE).resolve("conf");
  }

  Path library() {
    return path.resolve("lib");
  }

  /** Whether another path leads to this home. */
  boolean isSame(Path other) throws IOException {
    return Files.exists(path) && Files.exists(other) && Files.isSameFile(path, other);
  }

  /**
   * Whether the home is there. solr.xml is written last, so that one that was half made is not
   * taken for a whole one.
   *
   * @return whether it has a solr.xml
   */
  public boolean exists() {
    return Files.isRegularFile(path.resolve("solr.xml"));
  }

  /**
   * Makes the home out of a built checkout.
   *
   * @param project built, so that there are jars for the lib folder
   * @throws CommandException if the directory holds something that is no Solr home, or the project
   *     is not built
   * @throws IOException if it cannot be written
   */
  public void create(ProjectFiles project) throws IOException {
    if (Files.exists(path) && !isEmptyDirectory(path)) {
      throw new CommandException(
          path
              + " is not empty and has no solr.xml, so it is not a Solr home directory; set another --home");
    }
    Path core = Files.createDirectories(path.resolve(CORE));
    Files.createDirectories(models());
    new SolrHomeUpdate(this).library(project.pluginJars());
    copyModels(project.models());
    PathUtils.copyDirectory(project.configset(), configuration());
    Files.writeString(core.resolve("core.properties"), "name=" + CORE + "\n");
    Files.writeString(path.resolve("solr.xml"), "<solr/>\n");
  }

  private static boolean isEmptyDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private void copyModels(Path from) throws IOException {
    for (Path model : directories(from)) {
      PathUtils.copyDirectory(model, models().resolve(model.getFileName()));
    }
  }

  /** Beside the models lie descriptors of others, which a Solr has no use for. */
  static List<Path> directories(Path from) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
