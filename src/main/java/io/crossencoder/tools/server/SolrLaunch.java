// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.ProjectFiles;
import io.crossencoder.tools.common.SolrProbe;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;

/**
 * The shared part of {@code start} and {@code run}: the checks, the home directory, the command
 * line of the child process.
 *
 * @param memory value of -Xmx
 */
public record SolrLaunch(SolrHome home, int port, String memory) {

  /** The main class of the child process; a name, because the child has its own class path. */
  static final String MAIN = "io.crossencoder.tools.Main";

  /**
   * Whether this server is already running.
   *
   * @throws CommandException if the port is in use, or another server uses the home directory
   */
  public boolean isRunning() throws IOException {
    SolrProbe probe = new SolrProbe(port);
    Optional<SolrProbe.Node> node = probe.isPortFree() ? Optional.empty() : probe.node();
    if (node.isPresent() && home.isSame(node.get().home())) {
      return true;
    }
    for (PidFile other : PidFile.all(home)) {
      Optional<ProcessHandle> server = other.process();
      if (server.isPresent()) {
        throw new CommandException(
            home.path()
                + " is in use: process "
                + server.get().pid()
                + ", port "
                + other.port()
                + "; stop that process first, or set another --home");
      }
    }
    if (node.isPresent()) {
      throw new CommandException(
          "port "
              + port
              + " is used by a Solr with the home directory "
              + node.get().home()
              + "; set another --port");
    }
    if (!probe.isPortFree() && port < 1024) {
      throw new CommandException(
          "port " + port + " is in use or requires root; set another --port");
    }
    if (!probe.isPortFree()) {
      throw new CommandException(
          "port " + port + " is used by another program; set another --port");
    }
    return false;
  }

  void prepareHome(PrintWriter out) throws IOException {
    ProjectFiles project = ProjectFiles.locate();
    if (home.exists()) {
      new SolrHomeUpdate(home).run(project).forEach(out::println);
    } else {
      home.create(project);
      out.println("Created the Solr home directory " + home.path());
    }
    Files.createDirectories(home.logs());
    // ONNX Runtime unpacks its libraries there and does not delete them when it is killed.
    PathUtils.deleteDirectory(Files.createDirectories(home.temporary()));
    Files.createDirectory(home.temporary());
  }

  /**
   * A JVM that runs {@link ServeCommand}. The plugin is not on its class path, because Solr loads
   * it from the home directory.
   */
  ProcessBuilder process() throws IOException {
    ProjectFiles project = ProjectFiles.locate();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + memory);
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (Runtime.version().feature() >= 22) {
      // Newer JDKs warn about native code that is not enabled, and later reject it.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Duser.timezone=UTC");
    // Otherwise Solr warns that it cannot add a lib directory.
    command.add("-Dsolr.install.dir=" + project.root());
    command.add("-Dsolr.log.dir=" + home.logs());
    command.add("-Djava.io.tmpdir=" + home.temporary());
    command.add("-Dlog4j2.configurationFile=classpath:io/crossencoder/tools/log4j2-server.xml");
    command.add("-Djetty.port=" + port);
    command.addAll(extraOptions());
    command.add("-cp");
    // A wildcard, because 130 names of JARs would make the command line unreadable.
    command.add(project.toolsJar() + File.pathSeparator + project.toolsLibrary().resolve("*"));
    command.add(MAIN);
    command.addAll(List.of("solr", "serve", "--port=" + port, "--home=" + home.path()));
    return new ProcessBuilder(command);
  }

  private static List<String> extraOptions() {
    String options = System.getenv().getOrDefault("SOLR_OPTS", "").strip();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
  }
}
