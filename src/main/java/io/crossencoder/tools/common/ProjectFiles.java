// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Paths in a checkout of this project.
 *
 * @param root directory of pom.xml; absolute if {@linkplain #locate() located}
 */
public record ProjectFiles(Path root) {

  /**
   * Finds the checkout.
   *
   * @return the directory in the system property {@code project.root}, which the scripts set;
   *     otherwise the current directory, which may not be a checkout
   */
  public static ProjectFiles locate() {
    return new ProjectFiles(
        Path.of(System.getProperty("project.root", "")).toAbsolutePath().normalize());
  }

  /** {@return directory of the bundled model and of the descriptors of other models} */
  public Path models() {
    return root.resolve("conf/models");
  }

  public Path sample() {
    return root.resolve("conf/sample/tmdb.json");
  }

  public Path configset() {
    return root.resolve("solr-config");
  }

  public Path toolsLibrary() {
    return root.resolve("target/lib/tools");
  }

  /** The newest version, because older JARs stay in target after a change of version. */
  public Path toolsJar() throws IOException {
    Path target = root.resolve("target");
    Path newest = null;
    FileTime time = null;
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> jars =
          Files.newDirectoryStream(target, "solr-crossencoder-*-tools.jar")) {
        for (Path jar : jars) {
          FileTime modified = Files.getLastModifiedTime(jar);
          if (time == null || modified.compareTo(time) > 0) {
            newest = jar;
            time = modified;
          }
        }
      }
    }
    if (newest == null) {
      throw new CommandException(
          "no solr-crossencoder-*-tools.jar in "
              + target
              + "; build the project with mvn -DskipTests package");
    }
    return newest;
  }

  /**
   * The files for {@code SOLR_HOME/lib}: the JAR of the plugin and the libraries that Solr does not
   * have.
   */
  public List<Path> pluginJars() throws IOException {
    List<Path> jars = new ArrayList<>();
    Path tools = toolsJar();
    jars.add(tools.resolveSibling(tools.getFileName().toString().replace("-tools.jar", ".jar")));
    Path libraries = root.resolve("target/lib/plugin");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(libraries, "*.jar")) {
      found.forEach(jars::add);
    }
    return jars;
  }
}
