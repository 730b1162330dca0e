// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The built zip, unpacked.
 *
 * @param path its top directory
 */
record Release(Path path) {

  static final Path ROOT = Path.of(System.getProperty("project.root", ".")).toAbsolutePath();
  private static final String VERSION = System.getProperty("project.version", "");

  /** The output and the exit code of a command. */
  record Printed(int exitCode, String text) {}

  static Release unzip(Path into) throws IOException {
    Path zip = ROOT.resolve("target/solr-crossencoder-" + VERSION + ".zip");
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = into.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
        }
      }
    }
    return new Release(into.resolve("solr-crossencoder-" + VERSION));
  }

  List<String> jars() throws IOException {
    return names(path.resolve("lib"));
  }

  Printed install(Path home, String... options) throws Exception {
    return install(path.resolve("install.sh"), home, options);
  }

  static Printed install(Path script, Path home, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString(), home.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Printed(process.waitFor(), printed);
  }

  /** A Solr home with one core of the release's configset and no plugin. */
  Path home(Path path) throws IOException {
    copy(this.path.resolve("configset"), path.resolve("tmdb/conf"));
    Files.writeString(path.resolve("tmdb/core.properties"), "name=tmdb");
    Files.writeString(path.resolve("solr.xml"), "<solr/>");
    return path;
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path source : (Iterable<Path>) tree::iterator) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target);
        }
      }
    }
  }

  static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
