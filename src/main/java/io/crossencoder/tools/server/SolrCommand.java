// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.ProjectFiles;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code solr}: a local Solr that loads the plugin like a production node. */
@Command(
    name = "solr",
    description =
        "Start, stop and inspect a local Solr with the plugin. It listens on 127.0.0.1 only.",
    subcommands = {
      StartCommand.class,
      StopCommand.class,
      StatusCommand.class,
      RunCommand.class,
      ServeCommand.class,
    })
public final class SolrCommand {
  /** Description of the home directory of a new server. */
  public static final String HOME =
      "The home directory is created if it does not exist. In an existing one, only JARs and bundled"
          + " models are updated.";

  private static final int DEFAULT_PORT = 8983;

  /** The options that identify a server. */
  public static final class Address {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private int port;

    @Option(
        names = "--port",
        defaultValue = "" + DEFAULT_PORT,
        paramLabel = "PORT",
        description = "Port on 127.0.0.1 (${DEFAULT-VALUE}).")
    void setPort(int port) {
      if (port < 1 || port > 65535) {
        throw new ParameterException(
            command.commandLine(), "--port must be an integer from 1 to 65535, not " + port);
      }
      this.port = port;
    }

    @Option(
        names = "--home",
        paramLabel = "DIR",
        description = "Solr home directory (solr-home in the project).")
    private Path home;

    public int port() {
      return port;
    }

    public boolean isDefaultPort() {
      return port == DEFAULT_PORT;
    }

    /** The command that stops this server. */
    public String stopCommand() {
      return "scripts/solr.sh stop"
          + (isDefaultPort() ? "" : " --port " + port)
          + (home == null ? "" : " --home '" + home + "'");
    }

    public SolrHome home() {
      return new SolrHome(home == null ? ProjectFiles.locate().root().resolve("solr-home") : home);
    }
  }

  /** The options for a new server. */
  static final class Resources {
    @Option(
        names = "--memory",
        defaultValue = "1g",
        paramLabel = "SIZE",
        description =
            "Java heap, as in -Xmx (${DEFAULT-VALUE}). Models need native memory in addition.")
    private String memory;

    String memory() {
      return memory;
    }
  }
}
