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
 * Measures all contenders side by side. Each round runs every contender once, in random order, on
 * the pairs of one query, so that disturbances affect all contenders equally.
 */
final class Comparison {

  /** The maximum difference of the logits of the same fp32 model. */
  static final double TOLERANCE = 1e-3;

  /**
   * The minimum duration of a measurement. Faster contenders are called several times, because
   * short measurements are mostly noise.
   */
  private static final double MIN_MILLIS = 200;

  private static final int MAX_CALLS = 2_000;

  /**
   * The pause between measurements: native threads of some contenders keep spinning for a while
   * after their work is done.
   */
  private static final int PAUSE_MILLIS = 60;

  private final List<Contender> contenders;
  private final List<Request> requests;
  private final PrintWriter out;
  private final Random random = new Random(1);

  /**
   * Prepares a comparison.
   *
   * @param contenders the contenders; all must return the same logits as the first
   */
  Comparison(List<Contender> contenders, List<Request> requests, PrintWriter out) {
    this.contenders = contenders;
    this.requests = requests;
    this.out = out;
  }

  /**
   * Checks the logits, which is also the warm-up, and then measures.
   *
   * @param rounds how often each request is measured
   * @throws IllegalStateException if two contenders return different logits
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
      // The duration of the last warm-up determines how many calls a measurement needs.
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

  /** The measurements of a contender. */
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

    /**
     * In the order of the rounds, so that samples of two contenders at the same position come from
     * the same round.
     */
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
     * Wall time of the first call with each request. PyTorch creates kernels for every new shape of
     * a batch, and the batches of a search engine often have new shapes.
     */
    double[] firstMillis() {
      return firstMillis.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double largestDifference() {
      return largestDifference;
    }

    /**
     * Spearman's rank correlation with the logits of the first contender, averaged over the
     * queries.
     */
    double correlation() {
      return correlations.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }
}
