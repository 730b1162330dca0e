// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The main class of a Solr for tests: prints its port, and exits at the end of its standard input.
 */
public final class AnyPortServer {

  private AnyPortServer() {}

  public static void main(String[] home) throws IOException {
    try (SolrServer server = SolrServer.start(Path.of(home[0]), 0)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      System.out.println("port " + server.port());
      while (System.in.read() >= 0) {
        // Closed by the test, or at its end.
      }
    } catch (CommandException e) {
      System.out.println("failed " + e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }
}
