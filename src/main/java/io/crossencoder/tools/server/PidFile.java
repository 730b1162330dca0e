// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process id of a server, in {@code <home>/solr-<port>.pid}. The server writes and deletes the
 * file.
 *
 * @param file path of the file
 */
record PidFile(Path file) {

  static PidFile of(SolrHome home, int port) {
    return new PidFile(home.path().resolve("solr-" + port + ".pid"));
  }

  /** The port of the server. */
  String port() {
    return file.getFileName().toString().replaceAll("\\D", "");
  }

  /** All files of a home directory, including those of killed servers. */
  static List<PidFile> all(SolrHome home) throws IOException {
    List<PidFile> all = new ArrayList<>();
    if (home.exists()) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(home.path(), "solr-*.pid")) {
        files.forEach(file -> all.add(new PidFile(file)));
      }
    }
    return all;
  }

  /**
   * Writes the process id of this JVM; the file is deleted when the JVM exits, after its shutdown
   * hooks.
   */
  void write() throws IOException {
    Files.writeString(file, ProcessHandle.current().pid() + "\n");
    file.toFile().deleteOnExit();
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The process of the server, if it is running. */
  Optional<ProcessHandle> process() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String pid = Files.readString(file).strip();
    if (!pid.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(pid))
        .filter(ProcessHandle::isAlive)
        .filter(PidFile::isServer);
  }

  /**
   * After a crash, the system may have given the id to another program, which must not be stopped.
   */
  private static boolean isServer(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    // Not every system shows the command line. A process that exited but was not reaped has none,
    // either.
    return info.commandLine()
        .map(line -> line.contains(SolrLaunch.MAIN))
        .orElse(info.command().isPresent());
  }
}
