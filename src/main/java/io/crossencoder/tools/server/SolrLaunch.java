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
 * What {@code start} and {@code run} share: the checks before, the home, the child's command line.
 *
 * @param memory as of -Xmx
 */
public record SolrLaunch(SolrHome home, int port, String memory) {

  /** The main class of the child, which has its own class path: a name, and no class of ours. */
  static final String MAIN = "io.crossencoder.tools.Main";

  /**
   * Whether this very server runs already.
   *
   * @throws CommandException if something else is at the port, or another server uses the home
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
                + ": stop it first, or name another --home");
      }
    }
    if (node.isPresent()) {
      throw new CommandException(
          "port "
              + port
              + " is taken by a Solr whose home is "
              + node.get().home()
              + ": choose another --port");
    }
    if (!probe.isPortFree() && port < 1024) {
      throw new CommandException(
          "port " + port + " is taken, or only root may open it: choose another --port");
    }
    if (!probe.isPortFree()) {
      throw new CommandException(
          "port " + port + " is taken by another program: choose another --port");
    }
    return false;
  }

  void prepareHome(PrintWriter out) throws IOException {
    ProjectFiles project = ProjectFiles.locate();
    if (home.exists()) {
      new SolrHomeUpdate(home).run(project).forEach(out::println);
    } else {
      home.create(project);
      out.println("Made the Solr home " + home.path());
    }
    Files.createDirectories(home.logs());
    // onnxruntime unpacks its libraries there, and leaves them when it is killed.
    PathUtils.deleteDirectory(Files.createDirectories(home.temporary()));
    Files.createDirectory(home.temporary());
  }

  /**
   * A JVM that runs {@link ServeCommand}, without the plugin on its class path: Solr finds that in
   * the home.
   */
  ProcessBuilder process() throws IOException {
    ProjectFiles project = ProjectFiles.locate();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + memory);
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (Runtime.version().feature() >= 22) {
      // Where the JDK warns of, and later denies, native code that nobody asked for.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Duser.timezone=UTC");
    // No Solr is installed there; unset, Solr warns that it cannot add a lib folder.
    command.add("-Dsolr.install.dir=" + project.root());
    command.add("-Dsolr.log.dir=" + home.logs());
    command.add("-Djava.io.tmpdir=" + home.temporary());
    command.add("-Dlog4j2.configurationFile=classpath:io/crossencoder/tools/log4j2-server.xml");
    command.add("-Djetty.port=" + port);
    command.addAll(extraOptions());
    command.add("-cp");
    // The wildcard is the JVM's: 130 jars by name would make a line that no ps shows to its end.
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
