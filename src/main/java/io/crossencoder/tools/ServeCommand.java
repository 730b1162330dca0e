// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The server's own JVM. {@code start} and {@code run} call it, with the JVM options that it needs.
 */
@Command(name = "serve", hidden = true, description = "Be the server.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private SolrCommand.Address address;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SolrHome home = address.home();
    PidFile.of(home, address.port()).write();
    SolrServer server = SolrServer.start(home.path(), address.port());
    if (!server.cores().contains(SolrHome.CORE)) {
      server.close();
      throw new CommandException(home.path() + " has no core " + SolrHome.CORE);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-solr"));
    System.out.println("Solr runs at " + new SolrProbe(server.port()).url());
    server.join();
    return 0;
  }

  private static void stop(SolrServer server) {
    server.close();
    System.out.println("Solr stopped.");
  }
}
