// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.bench.SolrClient.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Clients that send the next search as soon as they have received the response to the previous one.
 */
final class ClosedLoop {

  private final SolrClient solr;
  private final FreshQueries queries;
  private final String rq;

  ClosedLoop(SolrClient solr, FreshQueries queries, String rq) {
    this.solr = solr;
    this.queries = queries;
    this.rq = rq;
  }

  /**
   * Runs the clients for a number of seconds.
   *
   * @param repeating how many of the clients send the same queries in the same order
   */
  Outcome run(int clients, int repeating, int seconds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    try {
      long start = System.nanoTime();
      long end = start + seconds * 1_000_000_000L;
      List<Callable<Outcome>> tasks = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        LongFunction<String> next =
            client < repeating ? queries::repeated : number -> queries.next();
        tasks.add(() -> searchUntil(end, next));
      }
      Outcome sum = new Outcome();
      for (Future<Outcome> task : pool.invokeAll(tasks)) {
        sum.add(task.get());
      }
      sum.seconds = (System.nanoTime() - start) / 1e9;
      return sum;
    } finally {
      pool.shutdown();
    }
  }

  private Outcome searchUntil(long end, LongFunction<String> next) throws InterruptedException {
    Outcome outcome = new Outcome();
    for (long number = 0; System.nanoTime() < end; number++) {
      try {
        String query = next.apply(number);
        outcome.add(solr.search(Map.of("q", query, "rq", rq, "fl", "id,score", "rows", "10")));
      } catch (IOException e) {
        outcome.errors.merge(e.toString(), 1, Integer::sum);
      }
    }
    return outcome;
  }

  /** The measurements of the clients. Not thread-safe. */
  static final class Outcome {
    private final List<Double> millis = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> errors = new TreeMap<>();
    private int unlabeled;
    private long scored;
    private long known;
    private double seconds;

    private void add(Reply reply) {
      millis.add(reply.millis());
      JsonNode section = reply.section();
      if (reply.status() != 200) {
        String message = reply.body().at("/error/msg").asText();
        errors.merge(reply.status() + " " + message, 1, Integer::sum);
      } else if (!section.has("outcome") || !section.has("model")) {
        unlabeled++;
      } else {
        outcomes.merge(section.get("outcome").asText(), 1, Integer::sum);
        scored += section.path("scored").asInt();
        known += section.path("cached").asInt() + section.path("shared").asInt();
      }
    }

    private void add(Outcome other) {
      millis.addAll(other.millis);
      other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
      other.errors.forEach((error, count) -> errors.merge(error, count, Integer::sum));
      unlabeled += other.unlabeled;
      scored += other.scored;
      known += other.known;
    }

    int errors() {
      return errors.values().stream().mapToInt(Integer::intValue).sum();
    }

    int unlabeled() {
      return unlabeled;
    }

    double percentile(double percent) {
      return Statistics.percentile(
          millis.stream().mapToDouble(Double::doubleValue).toArray(), percent);
    }

    /** Pairs that the model scored, excluding scores from the cache or from another request. */
    double pairsPerSecond() {
      return (scored - known) / seconds;
    }

    void print(PrintWriter out) {
      out.printf(
          Locale.ROOT,
          "%d requests in %.1f s: %.1f a second, %.0f pairs a second%n",
          millis.size(),
          seconds,
          millis.size() / seconds,
          pairsPerSecond());
      out.printf(
          Locale.ROOT,
          "milliseconds at the client: p50 %.0f, p95 %.0f, p99 %.0f, longest %.0f%n",
          percentile(50),
          percentile(95),
          percentile(99),
          percentile(100));
      out.println("outcomes: " + outcomes + ", without a label: " + unlabeled);
      out.println("errors: " + (errors.isEmpty() ? "none" : errors));
      out.flush();
    }

    void write(ObjectNode json) {
      json.put("requests", millis.size()).put("seconds", seconds);
      for (int percent : new int[] {50, 95, 99, 100}) {
        json.put("p" + percent + "Millis", percentile(percent));
      }
      json.put("pairsPerSecond", pairsPerSecond()).put("unlabeled", unlabeled);
      outcomes.forEach(json.putObject("outcomes")::put);
      errors.forEach(json.putObject("errors")::put);
    }
  }
}
