// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.ProjectFiles;
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
 * Brings a home that an older checkout made up to this one: jars and bundled models. The
 * configuration is left as it is, since it is meant to be edited.
 */
final class SolrHomeUpdate {

  private final SolrHome home;

  SolrHomeUpdate(SolrHome home) {
    this.home = home;
  }

  /** {@return what was done, and what the user may want to do, a line each} */
  List<String> run(ProjectFiles project) throws IOException {
    List<String> changes = library(project.pluginJars());
    for (Path model : SolrHome.directories(project.models())) {
      Path installed = home.models().resolve(model.getFileName());
      if (Files.isDirectory(installed) && isBehind(installed, model)) {
        replace(installed, model);
        changes.add("Put a newer " + model.getFileName() + " into " + home.models());
      }
    }
    if (Files.isDirectory(home.configuration())
        && isBehind(home.configuration(), project.configset())) {
      changes.add(
          String.format(
              Locale.ROOT,
              "Left %1$s as it is; the checkout has a newer one. To take that and lose what was"
                  + " edited: cp -r %2$s/. %1$s",
              home.configuration(),
              project.configset()));
    }
    return changes;
  }

  /** By renames, so that Solr never finds half a model; what lay there is put aside until then. */
  private void replace(Path installed, Path model) throws IOException {
    Path fresh = home.models().resolve("." + model.getFileName() + ".new");
    Path old = home.models().resolve("." + model.getFileName() + ".old");
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
  List<String> library(List<Path> jars) throws IOException {
    Files.createDirectories(home.library());
    List<String> changes = new ArrayList<>();
    for (Path jar : jars) {
      for (Path other : otherVersions(jar)) {
        Files.delete(other);
        changes.add("Deleted " + other + ": it is another version of " + jar.getFileName());
      }
      Path installed = home.library().resolve(jar.getFileName());
      if (!isCurrent(jar, installed)) {
        copy(jar, installed);
        changes.add("Put a newer " + jar.getFileName() + " into " + home.library());
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
    try (DirectoryStream<Path> installed = Files.newDirectoryStream(home.library(), "*.jar")) {
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
