// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The engine in Solr over HTTP, compared with the engine alone. */
final class LoadTest {

  private static final int BARE_SECONDS = 5;

  private final SolrClient solr;
  private final FreshQueries queries;
  private final int docs;
  private final PrintWriter out;

  LoadTest(SolrClient solr, List<String> queries, int docs, PrintWriter out) {
    this.solr = solr;
    this.queries = new FreshQueries(queries);
    this.docs = docs;
    this.out = out;
  }

  /**
   * Runs all of it and prints.
   *
   * @param searches how many single ones, before the load
   * @param timeout milliseconds a request may rerank; 0 for as long as it takes
   * @return what was measured
   */
  ObjectNode run(Engine engine, int searches, int clients, int seconds, int timeout)
      throws Exception {
    // The logit, whatever solrconfig has for a blend: it is compared with the engine's.
    String rq = "{!crossencoder blend=ce model=" + engine.spec().name() + " reRankDocs=" + docs;
    SolrOverhead overhead = new SolrOverhead(solr, engine, rq + "}", docs);
    overhead.run(queries, searches);
    overhead.print(out);
    double before = pairsPerSecond(engine, overhead.requests());
    out.printf(Locale.ROOT, "%d clients for %d s, reRankTimeout %d%n", clients, seconds, timeout);
    out.flush();
    String limited = rq + (timeout > 0 ? " reRankTimeout=" + timeout : "") + "}";
    ClosedLoop.Outcome outcome = new ClosedLoop(solr, queries, limited).run(clients, seconds);
    outcome.print(out);
    double bare = (before + pairsPerSecond(engine, overhead.requests())) / 2;
    out.printf(Locale.ROOT, "the engine alone, before and after: %.0f pairs a second%n%n", bare);

    List<Target> targets = new ArrayList<>(overhead.targets());
    targets.add(new Target("load: errors", outcome.errors(), 0, true));
    targets.add(new Target("load: responses without a label", outcome.unlabeled(), 0, true));
    if (timeout > 0) {
      targets.add(new Target("load: p99, ms", outcome.percentile(99), 1.5 * timeout, true));
    }
    double share = outcome.pairsPerSecond() / bare;
    targets.add(new Target("load: pairs a second to the engine's alone", share, 0.9, false));
    Report.print(targets, out, "Targets");

    ObjectNode json = JsonNodeFactory.instance.objectNode();
    overhead.write(json.putObject("oneAtATime"));
    json.put("enginePairsPerSecond", bare);
    outcome.write(json.putObject("load"));
    Report.targets(targets, json);
    return json;
  }

  /** As many callers as keep its workers busy. */
  private static double pairsPerSecond(Engine engine, List<Request> requests) throws Exception {
    int callers = 2 * Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    try {
      long start = System.nanoTime();
      long end = start + BARE_SECONDS * 1_000_000_000L;
      List<Future<Long>> scored = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int offset = caller;
        scored.add(pool.submit(() -> scoreUntil(end, engine, requests, offset)));
      }
      long pairs = 0;
      for (Future<Long> caller : scored) {
        pairs += caller.get();
      }
      return pairs / ((System.nanoTime() - start) / 1e9);
    } finally {
      pool.shutdown();
    }
  }

  private static long scoreUntil(long end, Engine engine, List<Request> requests, int offset) {
    long pairs = 0;
    for (int i = offset; System.nanoTime() < end; i++) {
      pairs += engine.score(requests.get(i % requests.size())).length;
    }
    return pairs;
  }
}
