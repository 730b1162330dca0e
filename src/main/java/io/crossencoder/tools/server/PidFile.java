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
 * The process id of a server, in {@code <home>/solr-<port>.pid}; the server itself writes and
 * deletes it.
 *
 * @param file where it lies
 */
record PidFile(Path file) {

  static PidFile of(SolrHome home, int port) {
    return new PidFile(home.path().resolve("solr-" + port + ".pid"));
  }

  /** The port of its server. */
  String port() {
    return file.getFileName().toString().replaceAll("\\D", "");
  }

  /** All of a home, whatever their port; those left behind by a killed server included. */
  static List<PidFile> all(SolrHome home) throws IOException {
    List<PidFile> all = new ArrayList<>();
    if (home.exists()) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(home.path(), "solr-*.pid")) {
        files.forEach(file -> all.add(new PidFile(file)));
      }
    }
    return all;
  }

  /** Writes this JVM's id; the file goes when the JVM ends, after its shutdown hooks. */
  void write() throws IOException {
    Files.writeString(file, ProcessHandle.current().pid() + "\n");
    file.toFile().deleteOnExit();
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The server, if it still lives. */
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

  /** After a crash the system may have given the id to another program, which stop must not end. */
  private static boolean isServer(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    // Not every system tells the command line. One that ended but is not yet reaped has no command
    // either.
    return info.commandLine()
        .map(line -> line.contains(SolrLaunch.MAIN))
        .orElse(info.command().isPresent());
  }
}
