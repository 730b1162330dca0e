// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for the load on Solr. */
final class LoadOptions {

  @Option(
      names = "--load",
      paramLabel = "CLIENTS",
      description = "Instead: so many clients search in a running Solr.")
  private Integer clients;

  @Option(
      names = "--repeating",
      paramLabel = "CLIENTS",
      defaultValue = "0",
      description =
          "With --load: so many of the clients send the same queries (default: ${DEFAULT-VALUE}).")
  private int repeating;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "With --load: for how long (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      defaultValue = "0",
      description = "With --load: reRankTimeout (default: none).")
  private int timeout;

  @Option(
      names = "--solr",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8983/solr",
      description = "With --load: which Solr, on this machine (default: ${DEFAULT-VALUE}).")
  private URI solr;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      defaultValue = "tmdb",
      description = "With --load: where to search (default: ${DEFAULT-VALUE}).")
  private String collection;

  boolean areGiven() {
    return clients != null;
  }

  ObjectNode run(Path model, Workload workload, PrintWriter out) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    LoadTest test =
        new LoadTest(new SolrClient(solr, collection), Queries.TOPICS, workload.docs(), out);
    try (Engine engine = new Engine(model, Optional.empty(), cores, 0)) {
      return test.run(
          engine, workload.count(), new LoadTest.Load(clients, repeating, seconds, timeout));
    }
  }
}
