// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code solr stop}: stops Solr. */
@Command(name = "stop", description = "Stop Solr. The exit code is also 0 if it does not run.")
public final class StopCommand implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 30;

  @Mixin private SolrCommand.Address address;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    PrintWriter out = spec.commandLine().getOut();
    PidFile pid = PidFile.of(address.home(), address.port());
    Optional<ProcessHandle> server = pid.process();
    if (server.isEmpty()) {
      out.println("No Solr of " + address.home().path() + " runs on port " + address.port() + ".");
    } else {
      end(server.get(), out);
    }
    // A killed server does not delete it.
    pid.delete();
    return 0;
  }

  private static void end(ProcessHandle server, PrintWriter out)
      throws InterruptedException, ExecutionException {
    if (!server.destroy() && server.isAlive()) {
      throw new CommandException(
          "process " + server.pid() + " belongs to another user; stop it as that user");
    }
    try {
      server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      out.println("Stopped Solr, process " + server.pid() + ".");
    } catch (TimeoutException e) {
      server.destroyForcibly();
      server.onExit().get();
      out.println(
          "Killed Solr, process "
              + server.pid()
              + ", which did not stop within "
              + PATIENCE_SECONDS
              + " s.");
    }
  }
}
