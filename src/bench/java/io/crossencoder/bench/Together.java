// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.metrics.Metric;
import io.crossencoder.metrics.MetricListener;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Scores;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Measures concurrent identical requests: their time and how many pairs the model scores. */
final class Together implements AutoCloseable {

  private static final int ROUNDS = 15;

  /**
   * Rounds before the measurement: with a small and fast model, Java needs many of them to compile
   * the code.
   */
  private static final int WARM_UP = 100;

  private static final int POPULAR = 20;

  private final List<Supplier<?>> scoredPairs = new ArrayList<>();
  private final ModelRegistry registry;
  private final CrossEncoder encoder;
  private final List<Request> requests;
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final PrintWriter out;
  private int fresh;

  Together(ModelSpec graph, int cores, List<Request> requests, PrintWriter out) {
    MetricListener listener =
        new MetricListener() {
          @Override
          public void added(List<Metric> metrics) {
            metrics.stream()
                .filter(metric -> metric.name().equals("pairs_scored_total"))
                .forEach(metric -> scoredPairs.add(metric.value()));
          }

          @Override
          public void removed(List<Metric> metrics) {}
        };
    registry = new ModelRegistry(new ModelRegistry.Settings(cores, 1_000_000, 64L << 20), listener);
    encoder =
        registry.open(
            graph.directory(), new ModelOptions(Optional.of(Graphs.name(graph)), Optional.empty()));
    this.requests = requests;
    this.out = out;
  }

  private long scoredPairs() {
    return scoredPairs.stream().mapToLong(each -> (Long) each.get()).sum();
  }

  private String newQuery(String query) {
    return query + " zq" + fresh++;
  }

  private Callable<Double> asking(String query, List<String> passages) {
    return () -> {
      long start = System.nanoTime();
      Scores scores = encoder.score(query, passages, Deadline.NONE);
      if (scores.outcome() != Scores.Outcome.COMPLETE) {
        throw new IllegalStateException("it ended " + scores.outcome());
      }
      return (System.nanoTime() - start) / 1e6;
    };
  }

  /** Runs all measurements and prints the results. */
  ObjectNode run(int count, int seconds) throws Exception {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (int round = 0; round < WARM_UP; round++) {
      asking(newQuery("warm"), requests.get(0).passages()).call();
    }
    identical(1, json);
    identical(count, json);
    letters(count, json);
    mixed(2 * count, seconds, json);
    return json;
  }

  /** Concurrent requests for the same pairs, which are not in the cache. */
  private void identical(int count, ObjectNode json) throws Exception {
    double[] millis = new double[ROUNDS];
    long before = scoredPairs();
    for (int round = 0; round < ROUNDS; round++) {
      Request request = requests.get(round % requests.size());
      Callable<Double> asking = asking(newQuery(request.query()), request.passages());
      List<Callable<Double>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(asking);
      }
      long start = System.nanoTime();
      for (Future<Double> each : clients.invokeAll(all)) {
        each.get();
      }
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    report(
        count + " identical at once",
        Statistics.median(millis),
        (scoredPairs() - before) / (double) ROUNDS,
        json);
  }

  /**
   * Concurrent users who type the same query letter by letter and wait for the response after each
   * letter.
   */
  private void letters(int count, ObjectNode json) throws Exception {
    String text = newQuery("vietnam war");
    List<String> passages = requests.get(0).passages();
    List<Callable<Double>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          () -> {
            double sum = 0;
            for (int length = 1; length <= text.length(); length++) {
              sum += asking("zq" + fresh + " " + text.substring(0, length), passages).call();
            }
            return sum / text.length();
          });
    }
    long before = scoredPairs();
    double sum = 0;
    for (Future<Double> each : clients.invokeAll(all)) {
      sum += each.get();
    }
    report(
        count + " type the same query, a letter",
        sum / count,
        (scoredPairs() - before) / (double) text.length(),
        json);
  }

  /**
   * Concurrent clients. Half of their requests are new; the others are popular requests with a Zipf
   * distribution.
   */
  private void mixed(int count, int seconds, ObjectNode json) throws Exception {
    List<String> popular = new ArrayList<>();
    for (int i = 0; i < POPULAR; i++) {
      popular.add(newQuery("popular"));
    }
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    List<Callable<Double>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(i);
      String own = newQuery("client");
      all.add(
          () -> {
            double answers = 0;
            for (; System.nanoTime() < end; answers++) {
              Request request = requests.get(random.nextInt(requests.size()));
              String query =
                  random.nextBoolean()
                      ? own + " " + answers
                      : popular.get(zipf(random))
                          + " "
                          + (System.nanoTime() - start) / 2_000_000_000L;
              asking(query, request.passages()).call();
            }
            return answers;
          });
    }
    long before = scoredPairs();
    double answers = 0;
    for (Future<Double> each : clients.invokeAll(all)) {
      answers += each.get();
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    double pairs = (scoredPairs() - before) / elapsed;
    out.printf(
        Locale.ROOT,
        "%d clients, half of it popular: %.1f answers and %.0f scored pairs a second%n",
        count,
        answers / elapsed,
        pairs);
    out.flush();
    json.put("mixedAnswersPerSecond", answers / elapsed).put("mixedPairsPerSecond", pairs);
  }

  /** A random rank; the probability of rank n is 1/n of the probability of rank 1. */
  private static int zipf(Random random) {
    double sum = 0;
    for (int n = 1; n <= POPULAR; n++) {
      sum += 1.0 / n;
    }
    double at = random.nextDouble() * sum;
    for (int n = 1; n < POPULAR; n++) {
      at -= 1.0 / n;
      if (at <= 0) {
        return n - 1;
      }
    }
    return POPULAR - 1;
  }

  private void report(String what, double millis, double pairs, ObjectNode json) {
    out.printf(Locale.ROOT, "%s: %.1f ms, %.1f pairs scored%n", what, millis, pairs);
    out.flush();
    json.putObject(what).put("millis", millis).put("pairs", pairs);
  }

  @Override
  public void close() {
    clients.shutdown();
    encoder.close();
    registry.close();
  }
}
