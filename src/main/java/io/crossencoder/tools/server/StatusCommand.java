// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrProbe;
import io.crossencoder.tools.common.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code solr status}: shows whether Solr runs, and its models. */
@Command(
    name = "status",
    description = "Show whether Solr runs, and its number of documents.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:Solr runs",
      "1:its process exists but does not respond",
      "3:Solr does not run"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int NOT_RUNNING = 3;

  @Mixin private SolrCommand.Address address;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    SolrHome home = address.home();
    SolrProbe probe = new SolrProbe(address.port());
    Optional<ProcessHandle> process = PidFile.of(home, address.port()).process();
    Optional<SolrProbe.Node> node = probe.node();
    if (node.isPresent() && home.isSame(node.get().home())) {
      print(node.get(), process, probe.url(), out);
      probe.crossEncoder(node.get()).ifPresent(status -> printEngine(status, out));
      return 0;
    }
    if (process.isPresent()) {
      throw new CommandException(
          "process "
              + process.get().pid()
              + " does not respond on port "
              + address.port()
              + "; it may be starting, otherwise see "
              + home.logs());
    }
    out.println("Not running: no Solr of " + home.path() + " on port " + address.port() + ".");
    node.ifPresent(
        other -> out.println("The Solr on this port has the home directory " + other.home() + "."));
    return NOT_RUNNING;
  }

  private static void print(
      SolrProbe.Node node, Optional<ProcessHandle> process, String url, PrintWriter out) {
    Duration up = node.uptime();
    out.println("Running");
    out.println("url     " + url);
    process.ifPresent(server -> out.println("pid     " + server.pid()));
    out.println("home    " + node.home());
    out.printf(
        Locale.ROOT,
        "uptime  %d:%02d:%02d%n",
        up.toHours(),
        up.toMinutesPart(),
        up.toSecondsPart());
    node.cores()
        .forEach(
            (core, documents) -> out.println("core    " + core + ": " + documents + " documents"));
  }

  private static void printEngine(JsonNode status, PrintWriter out) {
    for (JsonNode model : status.path("models")) {
      JsonNode metrics = status.path("metrics").path("models").path(model.path("name").asText());
      out.printf(
          Locale.ROOT,
          "model   %s: %s, %,d pairs scored, %,d from the score cache%n",
          model.path("name").asText(),
          model.path("file").asText(),
          metrics.path("pairs_scored_total").asLong(),
          metrics.path("pairs_cached_total").asLong());
    }
    JsonNode node = status.path("metrics").path("node");
    out.printf(
        Locale.ROOT,
        "workers %d of %d busy, %,d pairs waiting%n",
        node.path("workers_busy").asInt(),
        node.path("workers").asInt(),
        node.path("queue_pairs").asLong());
    for (JsonNode failure : status.path("failures")) {
      out.printf(
          Locale.ROOT,
          "failure %s, %,d times, last at %s: %s%n",
          TerminalText.clean(failure.path("what").asText()),
          failure.path("count").asLong(),
          failure.path("last").asText(),
          TerminalText.clean(failure.path("error").asText()));
    }
  }
}
