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
 * A Solr home directory with one core and the plugin in its lib directory, as an administrator
 * would create it.
 *
 * @param path absolute path
 */
public record SolrHome(Path path) {
  /** Name of the core. */
  public static final String CORE = "tmdb";

  /**
   * Makes the path absolute.
   *
   * @param path path of the directory, which may not exist
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

  /** {@return directory of the models} */
  public Path models() {
    return path.resolve("models");
  }

  Path configuration() {
    return path.resolve(CORE).resolve("conf");
  }

  Path library() {
    return path.resolve("lib");
  }

  /** Whether another path is this directory. */
  boolean isSame(Path other) throws IOException {
    return Files.exists(path) && Files.exists(other) && Files.isSameFile(path, other);
  }

  /**
   * Whether the home directory exists. Because solr.xml is written last, an incomplete one does not
   * count.
   *
   * @return whether it contains solr.xml
   */
  public boolean exists() {
    return Files.isRegularFile(path.resolve("solr.xml"));
  }

  /**
   * Creates the home directory from a built checkout.
   *
   * @param project checkout with the JARs for the lib directory
   * @throws CommandException if the directory is not empty and not a Solr home directory, or the
   *     project is not built
   * @throws IOException if files cannot be written
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

  /** Excludes the descriptors of other models, which Solr does not need. */
  static List<Path> directories(Path from) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
