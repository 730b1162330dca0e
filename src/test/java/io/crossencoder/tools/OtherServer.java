// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A Solr of another version in its own JVM: {@code -Dfilms.server} is a command that receives the
 * home directory, prints {@code port N} and exits at the end of its standard input.
 */
final class OtherServer implements AutoCloseable {

  static final String COMMAND = System.getProperty("films.server", "");

  private final Process process;
  private final int port;

  OtherServer(Path home) throws IOException {
    process =
        new ProcessBuilder(COMMAND, home.toString())
            .redirectError(home.resolveSibling("console.log").toFile())
            .start();
    port = port(process);
  }

  private static int port(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("port ")) {
        return Integer.parseInt(line.substring(5));
      }
      said.append(line).append('\n');
    }
    throw new IOException(COMMAND + " did not start: " + said);
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("Solr did not end by itself");
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
