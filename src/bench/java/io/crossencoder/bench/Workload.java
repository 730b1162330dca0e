// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for the scored pairs. */
final class Workload {

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Films in TMDB's JSON (default: conf/sample/tmdb.json).")
  private Path data = Bench.ROOT.resolve("conf/sample/tmdb.json");

  @Option(
      names = "--judgments",
      paramLabel = "FILE",
      description = "Take the queries from this judgments file (default: 20 topics).")
  private Path judgments;

  @Option(
      names = "--docs",
      paramLabel = "N",
      defaultValue = "50",
      description = "Passages a request (default: ${DEFAULT-VALUE}).")
  private int docs;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many different requests (default: ${DEFAULT-VALUE}).")
  private int queries;

  int docs() {
    return docs;
  }

  int count() {
    return queries;
  }

  Path data() {
    return data;
  }

  List<String> queries() throws IOException {
    List<String> all = judgments == null ? Queries.TOPICS : Queries.judged(judgments);
    return all.subList(0, Math.min(queries, all.size()));
  }

  /** The queries with the candidates of a first pass over the data. */
  List<Request> requests() throws IOException {
    List<Request> requests = new ArrayList<>();
    try (Films films = Films.read(data)) {
      for (String query : queries()) {
        requests.add(films.candidates(query, docs));
      }
    }
    return requests;
  }
}
