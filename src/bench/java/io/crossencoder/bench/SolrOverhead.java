// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.bench.SolrClient.Reply;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The overhead of Solr: the same pairs with and without Solr, one search at a time. */
final class SolrOverhead {

  /**
   * Searches at the start that are not counted, because Java compiles code after Solr has started.
   */
  private static final int WARM_UP = 30;

  private final SolrClient solr;
  private final Engine engine;
  private final String rq;
  private final int docs;
  private final List<Request> requests = new ArrayList<>();
  private final List<double[]> samples = new ArrayList<>();

  SolrOverhead(SolrClient solr, Engine engine, String rq, int docs) {
    this.solr = solr;
    this.engine = engine;
    this.rq = rq;
    this.docs = docs;
  }

  void run(FreshQueries queries, int count) throws Exception {
    for (int i = 0; i < WARM_UP + count; i++) {
      double[] sample = measure(queries.next());
      if (i >= WARM_UP) {
        samples.add(sample);
      }
    }
  }

  /** QTime without the cache, with the cache and without rq, and the time of the engine alone. */
  private double[] measure(String query) throws Exception {
    // Each search has a different filter that excludes nothing, so that queryResultCache answers
    // none of them.
    Reply uncached = search(query, "-id:none1", true);
    Reply cached = search(query, "-id:none2", true);
    Reply plain = search(query, "-id:none3", false);
    requireAnswers(uncached, cached, plain);
    Request request = passages(query, uncached.documents());
    long start = System.nanoTime();
    engine.score(request);
    double bare = (System.nanoTime() - start) / 1e6;
    return new double[] {uncached.qTime(), cached.qTime(), plain.qTime(), bare};
  }

  private Reply search(String query, String filter, boolean rerank) throws Exception {
    Map<String, String> parameters = new HashMap<>();
    parameters.putAll(Map.of("q", query, "fq", filter, "fl", "id,score", "rows", "10"));
    if (rerank) {
      parameters.put("rq", rq);
    }
    return solr.search(parameters);
  }

  private static void requireAnswers(Reply uncached, Reply cached, Reply plain) {
    for (Reply reply : List.of(uncached, cached, plain)) {
      if (reply.status() != 200) {
        throw new IllegalStateException("Solr answers " + reply.status() + ": " + reply.body());
      }
    }
    JsonNode first = uncached.section();
    JsonNode repeat = cached.section();
    if (first.path("cached").asInt(-1) != 0
        || repeat.path("cached").asInt(-1) != repeat.path("scored").asInt()) {
      throw new IllegalStateException("not uncached, then cached: " + first + ", " + repeat);
    }
  }

  /**
   * The candidates of the first pass in Solr. Their logits must equal the scores that Solr
   * returned.
   */
  private Request passages(String query, JsonNode reranked) throws Exception {
    Reply reply =
        solr.search(Map.of("q", query, "fl", "id,title,overview", "rows", Integer.toString(docs)));
    List<String> passages = new ArrayList<>();
    Map<String, Integer> positions = new HashMap<>();
    for (JsonNode film : reply.documents()) {
      positions.put(film.path("id").asText(), passages.size());
      passages.add(film.path("title").asText() + "\n\n" + film.path("overview").asText());
    }
    Request request = new Request(query, passages);
    float[] logits = engine.score(request);
    for (JsonNode film : reranked) {
      float logit = logits[positions.get(film.path("id").asText())];
      if (Math.abs(logit - film.path("score").asDouble()) > Comparison.TOLERANCE) {
        throw new IllegalStateException(
            "Solr's score of " + film + " for '" + query + "' is not the engine's " + logit);
      }
    }
    requests.add(request);
    return request;
  }

  /** The scored pairs. */
  List<Request> requests() {
    return requests;
  }

  private double[] column(int column) {
    return samples.stream().mapToDouble(sample -> sample[column]).toArray();
  }

  private double medianDifference(int minuend, int subtrahend) {
    return Statistics.median(
        samples.stream().mapToDouble(sample -> sample[minuend] - sample[subtrahend]).toArray());
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "QTime: uncached %.1f, cached repeat %.1f, without rq %.1f; the engine alone %.1f ms"
            + " (medians of %d)%n",
        Statistics.median(column(0)),
        Statistics.median(column(1)),
        Statistics.median(column(2)),
        Statistics.median(column(3)),
        samples.size());
    out.flush();
  }

  void write(ObjectNode json) {
    String[] columns = {"uncachedQTime", "cachedQTime", "plainQTime", "engineMillis"};
    for (int column = 0; column < columns.length; column++) {
      json.put(columns[column], Statistics.median(column(column)));
    }
  }

  List<Target> targets() {
    double allowed = 0.05 * Statistics.median(column(3)) + 3;
    return List.of(
        new Target("uncached: QTime minus the engine's ms", medianDifference(0, 3), allowed, true),
        new Target("cached: QTime minus that without rq, ms", medianDifference(1, 2), 2, true));
  }
}
