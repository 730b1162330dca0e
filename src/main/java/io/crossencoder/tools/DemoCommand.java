// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.common.ProjectFiles;
import io.crossencoder.tools.common.SolrProbe;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.films.TmdbIndexer;
import io.crossencoder.tools.search.RerankSearch;
import io.crossencoder.tools.search.SearchCommand;
import io.crossencoder.tools.server.SolrCommand;
import io.crossencoder.tools.server.SolrHome;
import io.crossencoder.tools.server.SolrLaunch;
import io.crossencoder.tools.server.StartCommand;
import io.crossencoder.tools.server.StopCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: from a checkout to a reranked page with one command. */
@Command(
    name = "demo",
    description = {
      "Start Solr with the bundled model, index the bundled films and search them.",
      "Solr continues to run; a Solr of an earlier demo is used again.",
      SolrCommand.HOME
    })
final class DemoCommand implements Callable<Integer> {
  private static final int BATCH = 500;
  private static final int RERANK_DOCS = 50;

  @Mixin private SolrCommand.Address address;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      defaultValue = "vietnam war",
      description = "Text to search for (${DEFAULT-VALUE}).")
  private String query;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "10",
      description = "Documents per page (${DEFAULT-VALUE}).")
  private int rows;

  @Option(names = "--once", description = "Stop Solr at the end if the demo started it.")
  private boolean once;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (rows < 1) {
      throw new ParameterException(spec.commandLine(), "--rows must be at least 1: " + rows);
    }
    PrintWriter out = spec.commandLine().getOut();
    boolean started = start(out);
    try {
      SolrTarget target =
          new SolrTarget(URI.create(new SolrProbe(address.port()).url()), SolrHome.CORE);
      index(target, out);
      out.println("\nSearching for \"" + query + "\"\n");
      try (SolrClient client = target.connect()) {
        out.print(
            SearchCommand.show(new RerankSearch(client, target), query, rows, RERANK_DOCS, null));
      }
      if (!once) {
        next(target, out);
      }
    } finally {
      if (once && started) {
        quietly(new StopCommand());
        out.println("\nSolr is stopped.");
      }
      out.flush();
    }
    return 0;
  }

  /** Starts Solr unless it runs; returns whether it was started. */
  private boolean start(PrintWriter out) throws Exception {
    if (new SolrLaunch(address.home(), address.port(), "1g").isRunning()) {
      out.println("Solr is already running on port " + address.port() + ".");
      return false;
    }
    out.print("Starting Solr with the bundled model ...");
    out.flush();
    long start = System.nanoTime();
    try {
      quietly(new StartCommand());
      out.printf(Locale.ROOT, " up in %.1f s.", (System.nanoTime() - start) / 1e9);
    } finally {
      out.println();
    }
    return true;
  }

  private void index(SolrTarget target, PrintWriter out) throws IOException {
    long films;
    try (SolrClient client = target.connect()) {
      films = target.count(client);
    }
    // Otherwise documents that a user has indexed since the first demo would be overwritten.
    if (films == 0) {
      films =
          new TmdbIndexer(target, BATCH)
              .index(ProjectFiles.locate().sample(), size -> Progress.NONE)
              .indexed();
    }
    out.printf(Locale.ROOT, "%,d films indexed.%n", films);
  }

  private void next(SolrTarget target, PrintWriter out) {
    out.println("\nOpen " + target.url() + "/" + target.collection() + "/browse in a browser.");
    String solr = address.isDefaultPort() ? "" : "--solr " + target.url() + " ";
    out.println("\nTry next:");
    out.println("  scripts/search.sh " + solr + "\"a robot learns to feel\"");
    out.println("  scripts/index-tmdb.sh " + solr + "your-tmdb.json");
    out.println(
        "  curl '"
            + target.url()
            + "/"
            + target.collection()
            + "/select?q="
            + URLEncoder.encode(query, StandardCharsets.UTF_8)
            + "&rq=%7B!crossencoder+reRankDocs="
            + RERANK_DOCS
            + "%7D'");
    out.println("  " + address.stopCommand());
  }

  /** Runs a command of scripts/solr.sh without its output. */
  private void quietly(Callable<Integer> command) throws Exception {
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(Writer.nullWriter()));
    line.parseArgs("--port=" + address.port(), "--home=" + address.home().path());
    command.call();
  }
}
