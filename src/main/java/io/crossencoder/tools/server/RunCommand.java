// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code solr run}: for containers and debugging. */
@Command(
    name = "run",
    description = {"Run Solr in the foreground until Ctrl-C or SIGTERM.", SolrCommand.HOME})
final class RunCommand implements Callable<Integer> {
  private static final int STOP_SECONDS = 60;

  @Mixin private SolrCommand.Address address;
  @Mixin private SolrCommand.Resources resources;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SolrLaunch launch = new SolrLaunch(address.home(), address.port(), resources.memory());
    if (launch.isRunning()) {
      throw new CommandException(
          "this Solr is already running at " + new SolrProbe(address.port()).url());
    }
    launch.prepareHome(out);
    out.println("Starting Solr on port " + address.port() + ", log in " + launch.home().logs());
    Process solr = launch.process().inheritIO().start();
    // Ctrl-C stops both processes; a signal to this process does not reach the other one.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(solr), "stop-solr"));
    return solr.waitFor();
  }

  private static void stop(Process solr) {
    solr.destroy();
    try {
      solr.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    solr.destroyForcibly();
  }
}
