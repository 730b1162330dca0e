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
 * Updates the JARs and bundled models of a home directory that an older checkout created. The
 * configuration is not changed, because users edit it.
 */
record SolrHomeUpdate(SolrHome home) {

  /** {@return a line for each change, and for each suggestion to the user} */
  List<String> run(ProjectFiles project) throws IOException {
    List<String> changes = library(project.pluginJars());
    for (Path model : SolrHome.directories(project.models())) {
      Path installed = home.models().resolve(model.getFileName());
      if (Files.isDirectory(installed) && isBehind(installed, model)) {
        replace(installed, model);
        changes.add("Updated " + model.getFileName() + " in " + home.models());
      }
    }
    if (Files.isDirectory(home.configuration())
        && isBehind(home.configuration(), project.configset())) {
      changes.add(
          String.format(
              Locale.ROOT,
              "Did not change %1$s; the checkout contains a newer version. To replace it and lose your"
                  + " changes: cp -r %2$s/. %1$s",
              home.configuration(),
              project.configset()));
    }
    return changes;
  }

  /** Renames directories, so that Solr never finds an incomplete model. */
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
   * Copies missing and newer JARs to the lib directory and deletes other versions of the same
   * artifact, because a class loader would mix them.
   *
   * @return a line for each change
   */
  List<String> library(List<Path> jars) throws IOException {
    Files.createDirectories(home.library());
    List<String> changes = new ArrayList<>();
    for (Path jar : jars) {
      for (Path other : otherVersions(jar)) {
        Files.delete(other);
        changes.add("Deleted " + other + ", another version of " + jar.getFileName());
      }
      Path installed = home.library().resolve(jar.getFileName());
      if (!isCurrent(jar, installed)) {
        copy(jar, installed);
        changes.add("Updated " + jar.getFileName() + " in " + home.library());
      }
    }
    return changes;
  }

  private static void copy(Path jar, Path installed) throws IOException {
    // Copied and then renamed, so that an incomplete copy is never loaded.
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

  /** Whether a directory that users can edit is older than the one in the checkout. */
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
