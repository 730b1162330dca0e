// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrProbe;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Runs the server in its own JVM. {@code start} and {@code run} start this JVM with the necessary
 * options.
 */
@Command(name = "serve", hidden = true, description = "Run the server in this JVM.")
final class ServeCommand implements Callable<Integer> {
  // Referenced here, because the JDK forgets the level of a logger that is garbage collected. The
  // logger warns about features that Solr does not use.
  private static final Logger JERSEY = Logger.getLogger("org.glassfish.jersey.message.internal");

  /** Begins the line that is printed when all cores are loaded. */
  static final String READY = "Solr is running at ";

  @Mixin private SolrCommand.Address address;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SolrHome home = address.home();
    JERSEY.setLevel(Level.SEVERE);
    PidFile.of(home, address.port()).write();
    SolrServer server = SolrServer.start(home.path(), address.port());
    if (!server.cores().contains(SolrHome.CORE)) {
      server.close();
      throw new CommandException(home.path() + " has no core " + SolrHome.CORE);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-solr"));
    System.out.println(READY + new SolrProbe(server.port()).url());
    server.join();
    return 0;
  }

  private static void stop(SolrServer server) {
    server.close();
    System.out.println("Solr stopped.");
  }
}
