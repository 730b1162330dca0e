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

/** Compares the engine in Solr over HTTP with the engine alone. */
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
   * The load.
   *
   * @param repeating how many of the clients send the same queries in the same order
   * @param timeout timeout of reranking in milliseconds; 0 for no timeout
   */
  record Load(int clients, int repeating, int seconds, int timeout) {}

  /**
   * Runs all measurements and prints the results.
   *
   * @param searches how many single searches to send before the load
   * @return the measurements
   */
  ObjectNode run(Engine engine, int searches, Load load) throws Exception {
    int timeout = load.timeout();
    // The score must be the logit, regardless of the blend in solrconfig.xml, because it is
    // compared with the logit of the engine.
    String rq = "{!crossencoder blend=ce model=" + engine.spec().name() + " reRankDocs=" + docs;
    SolrOverhead overhead = new SolrOverhead(solr, engine, rq + "}", docs);
    overhead.run(queries, searches);
    overhead.print(out);
    double before = pairsPerSecond(engine, overhead.requests());
    out.printf(
        Locale.ROOT,
        "%d clients, of which %d repeat, for %d s, reRankTimeout %d%n",
        load.clients(),
        load.repeating(),
        load.seconds(),
        timeout);
    out.flush();
    String limited = rq + (timeout > 0 ? " reRankTimeout=" + timeout : "") + "}";
    ClosedLoop.Outcome outcome =
        new ClosedLoop(solr, queries, limited)
            .run(load.clients(), load.repeating(), load.seconds());
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

  /** The throughput with enough callers to keep all workers busy. */
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
