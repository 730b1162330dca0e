// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.bench.Contender.Measured;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures all contenders side by side: each round runs each of them once, in a random order, on
 * the pairs of one query, so that disturbances affect all of them equally.
 */
final class Comparison {

  /** How far apart the logits of the same fp32 model may be. */
  static final double TOLERANCE = 1e-3;

  /** What is faster is called several times: short measurements are all noise. */
  private static final double MIN_MILLIS = 200;

  private static final int MAX_CALLS = 2_000;

  /** Native threads of some contenders spin on for a while when their work is done. */
  private static final int PAUSE_MILLIS = 60;

  private final List<Contender> contenders;
  private final List<Request> requests;
  private final PrintWriter out;
  private final Random random = new Random(1);

  /**
   * A comparison not yet run.
   *
   * @param contenders the first is the one whose logits the others must have
   */
  Comparison(List<Contender> contenders, List<Request> requests, PrintWriter out) {
    this.contenders = contenders;
    this.requests = requests;
    this.out = out;
  }

  /**
   * Checks the logits, which warms up, then measures.
   *
   * @param rounds how often each request is measured
   * @throws IllegalStateException if two contenders do not give the same logits
   */
  List<Result> run(int rounds) throws Exception {
    List<Result> results = contenders.stream().map(c -> new Result(c.id())).toList();
    for (Request request : requests) {
      check(request, results);
    }
    out.println("The logits of all fp32 contenders agree. Measuring.");
    out.flush();
    for (int round = 0; round < rounds; round++) {
      for (Request request : requests) {
        measure(request, results);
      }
    }
    return results;
  }

  private void check(Request request, List<Result> results) throws Exception {
    float[] expected = contenders.get(0).measure(request, 1).logits();
    for (int i = 0; i < contenders.size(); i++) {
      Measured measured = contenders.get(i).measure(request, 1);
      Result result = results.get(i);
      result.agrees(expected, measured);
      // What the last of the warm-ups took says how many calls the clock needs.
      result.calls = (int) Math.ceil(Math.min(MAX_CALLS, MIN_MILLIS / measured.wallMillis()));
      if (result.id.exact() && result.largestDifference > TOLERANCE) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s gives other logits than %s for '%s', by %.4f: nothing was measured",
                result.id.name(),
                contenders.get(0).id().name(),
                request.query(),
                result.largestDifference));
      }
    }
  }

  private void measure(Request request, List<Result> results) throws Exception {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    for (int i : order) {
      Thread.sleep(PAUSE_MILLIS);
      Measured measured = contenders.get(i).measure(request, results.get(i).calls);
      results.get(i).add(measured);
    }
  }

  /** What came of a contender. */
  static final class Result {
    private final Contender.Id id;
    private final List<Measured> samples = new ArrayList<>();
    private final List<Double> correlations = new ArrayList<>();
    private final List<Double> firstMillis = new ArrayList<>();
    private double largestDifference;
    private int calls = 1;

    Result(Contender.Id id) {
      this.id = id;
    }

    private void agrees(float[] expected, Measured first) {
      largestDifference =
          Math.max(largestDifference, Statistics.largestDifference(expected, first.logits()));
      correlations.add(Statistics.spearman(expected, first.logits()));
      firstMillis.add(first.wallMillis());
    }

    private void add(Measured measured) {
      samples.add(measured);
    }

    Contender.Id id() {
      return id;
    }

    /** In the order of the rounds, so that samples of two contenders belong together. */
    double[] cpuMillis() {
      return samples.stream().mapToDouble(Measured::cpuMillis).toArray();
    }

    double[] systemMillis() {
      return samples.stream().mapToDouble(Measured::systemMillis).toArray();
    }

    double[] wallMillis() {
      return samples.stream().mapToDouble(Measured::wallMillis).toArray();
    }

    /**
     * Wall time of the first call with each request. PyTorch makes kernels for every new shape of a
     * batch, and a search engine's batches have ever new ones.
     */
    double[] firstMillis() {
      return firstMillis.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double largestDifference() {
      return largestDifference;
    }

    /** Spearman's, the mean over the queries. */
    double correlation() {
      return correlations.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }
}
