// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrProbe;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code solr start}: starts Solr in the background and waits until it responds. */
@Command(
    name = "start",
    description = {"Start Solr in the background and wait until it responds.", SolrCommand.HOME},
    footer = "The environment variable SOLR_OPTS contains further options for its JVM.")
public final class StartCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LAST_LINES = 10;

  @Mixin private SolrCommand.Address address;
  @Mixin private SolrCommand.Resources resources;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SolrLaunch launch = new SolrLaunch(address.home(), address.port(), resources.memory());
    SolrProbe probe = new SolrProbe(address.port());
    if (launch.isRunning()) {
      out.println("This Solr is already running at " + probe.url());
      return 0;
    }
    launch.prepareHome(out);
    out.print("Starting Solr on port " + address.port() + " ");
    long start = System.nanoTime();
    Process solr = startInBackground(launch);
    try {
      await(solr, probe, launch.home(), start, out);
    } finally {
      out.println();
    }
    out.printf(
        Locale.ROOT,
        "Solr is running at %s (process %d, started in %.1f s, log in %s)%nStop it with: %s%n",
        probe.url(),
        solr.pid(),
        (System.nanoTime() - start) / 1e9,
        launch.home().logs(),
        address.stopCommand());
    return 0;
  }

  private static Process startInBackground(SolrLaunch launch) throws IOException {
    ProcessBuilder process = launch.process();
    if (File.separatorChar == '/') {
      // So that Solr continues to run when the terminal is closed.
      process.command().add(0, "nohup");
      process.redirectInput(new File("/dev/null"));
    }
    return process
        .redirectErrorStream(true)
        .redirectOutput(launch.home().consoleLog().toFile())
        .start();
  }

  private static void await(
      Process solr, SolrProbe probe, SolrHome home, long start, PrintWriter out)
      throws IOException, InterruptedException {
    // The core can respond before another one fails to load, which ends the server.
    for (int polls = 1; !(probe.answers(SolrHome.CORE) && isReady(home)); polls++) {
      if (!solr.isAlive()) {
        throw new CommandException(obituary(solr, home));
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        solr.destroy();
        throw new CommandException(
            "Solr did not respond within "
                + PATIENCE.toSeconds()
                + " s and was stopped; see "
                + home.logs());
      }
      Thread.sleep(250);
      if (polls % 4 == 0) {
        out.print('.');
        out.flush();
      }
    }
  }

  private static boolean isReady(SolrHome home) throws IOException {
    return lines(home.consoleLog()).stream().anyMatch(line -> line.startsWith(ServeCommand.READY));
  }

  /** The last error of the server if there is one, otherwise the ends of its logs. */
  private static String obituary(Process solr, SolrHome home) throws IOException {
    List<String> lines = lines(home.consoleLog());
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    if (last.startsWith("error: ")) {
      return last.substring("error: ".length()) + " (log: " + home.solrLog() + ")";
    }
    if (lines.isEmpty()) {
      lines = lines(home.solrLog());
    }
    return "Solr exited with code "
        + solr.exitValue()
        + ". The end of its log:\n"
        + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private static List<String> lines(Path log) throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }
}
