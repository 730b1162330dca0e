// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private Path configuration() {
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
          path + " is not empty and has no solr.xml: name another --home, or delete it");
    }
    Path core = Files.createDirectories(path.resolve(CORE));
    Files.createDirectories(models());
    updateLibrary(project.pluginJars());
    copyModels(project.models());
    PathUtils.copyDirectory(project.configset(), configuration());
    Files.writeString(core.resolve("core.properties"), "name=" + CORE + "\n");
    Files.writeString(path.resolve("solr.xml"), "<solr/>\n");
  }

  /**
   * Brings a home that an older checkout made up to this one: jars and bundled models. The
   * configuration is left as it is, since it is meant to be edited.
   *
   * @return what was done, and what the user may want to do, a line each
   */
  List<String> update(ProjectFiles project) throws IOException {
    List<String> changes = updateLibrary(project.pluginJars());
    for (Path model : directories(project.models())) {
      Path installed = models().resolve(model.getFileName());
      if (Files.isDirectory(installed) && isBehind(installed, model)) {
        replace(installed, model);
        changes.add("Put a newer " + model.getFileName() + " into " + models());
      }
    }
    if (Files.isDirectory(configuration()) && isBehind(configuration(), project.configset())) {
      changes.add(
          String.format(
              Locale.ROOT,
              "Left %1$s as it is; the checkout has a newer one: cp -r %2$s/. %1$s",
              configuration(),
              project.configset()));
    }
    return changes;
  }

  /** By renames, so that Solr never finds half a model; what lay there is put aside until then. */
  private void replace(Path installed, Path model) throws IOException {
    Path fresh = models().resolve("." + model.getFileName() + ".new");
    Path old = models().resolve("." + model.getFileName() + ".old");
    for (Path left : List.of(fresh, old)) {
      if (Files.exists(left)) {
        PathUtils.deleteDirectory(left);
      }
    }
    PathUtils.copyDirectory(model, fresh);
    Files.move(installed, old);
    Files.move(fresh, installed);
    PathUtils.deleteDirectory(old);
  }

  /**
   * Puts jars into the lib folder where they are missing or newer than what lies there, and takes
   * other versions of the same artifact away: a class loader that saw both would mix them.
   *
   * @return what was done, a line for each jar
   */
  List<String> updateLibrary(List<Path> jars) throws IOException {
    Files.createDirectories(library());
    List<String> changes = new ArrayList<>();
    for (Path jar : jars) {
      for (Path other : otherVersions(jar)) {
        Files.delete(other);
        changes.add("Deleted " + other + ": it is another version of " + jar.getFileName());
      }
      Path installed = library().resolve(jar.getFileName());
      if (!isCurrent(jar, installed)) {
        copy(jar, installed);
        changes.add("Put a newer " + jar.getFileName() + " into " + library());
      }
    }
    return changes;
  }

  private static void copy(Path jar, Path installed) throws IOException {
    // Written beside and moved, so that a copy cut short is no jar.
    Path copy = installed.resolveSibling(jar.getFileName() + ".new");
    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isCurrent(Path jar, Path installed) throws IOException {
    return Files.exists(installed)
        && (Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(jar)) >= 0
            || Files.mismatch(jar, installed) == -1);
  }

  private List<Path> otherVersions(Path jar) throws IOException {
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> installed = Files.newDirectoryStream(library(), "*.jar")) {
      for (Path other : installed) {
        if (artifact(other).equals(artifact(jar)) && !other.endsWith(jar.getFileName())) {
          others.add(other);
        }
      }
    }
    return others;
  }

  private static String artifact(Path jar) {
    return jar.getFileName().toString().replaceFirst("-\\d.*", "");
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
  private static List<Path> directories(Path from) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Whether a directory that somebody may have changed is behind the checkout's. */
  private static boolean isBehind(Path installed, Path ours) throws IOException {
    return !PathUtils.directoryAndFileContentEquals(installed, ours)
        && newest(installed).compareTo(newest(ours)) < 0;
  }

  private static FileTime newest(Path directory) throws IOException {
    FileTime newest = FileTime.fromMillis(0);
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        FileTime time = Files.getLastModifiedTime(file);
        newest = time.compareTo(newest) > 0 ? time : newest;
      }
    }
    return newest;
  }
}
