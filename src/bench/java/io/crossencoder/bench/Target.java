// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossencoder.bench.Comparison.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A performance target and the measured value.
 *
 * @param promise the target in words
 * @param measured the measured value
 * @param limit the limit for the measured value
 * @param atMost whether the limit is an upper limit
 */
record Target(String promise, double measured, double limit, boolean atMost) {

  /** The minimum speed per core on all cores, as a share of the speed of one thread alone. */
  private static final double SCALING = 1.85 / 2;

  boolean isMet() {
    return atMost ? measured <= limit : measured >= limit;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-4s %-62s %8.3f (%s %.2f)",
        isMet() ? "ok" : "MISS",
        promise,
        measured,
        atMost ? "at most" : "at least",
        limit);
  }

  /** Whether the targets apply to this model: it must have the shape of MiniLM-L6. */
  static boolean areFor(Path model) throws IOException {
    JsonNode config = new ObjectMapper().readTree(model.resolve("config.json").toFile());
    return config.path("num_hidden_layers").asInt() == 6
        && config.path("hidden_size").asInt() == 384;
  }

  /** The targets of the engine for which there are measurements. */
  static List<Target> of(List<Result> results, int cores) {
    List<Target> targets = new ArrayList<>();
    Result one = find(results, Engine.FP32, 1).orElseThrow();
    Result all = find(results, Engine.FP32, cores).orElseThrow();
    for (String peer : List.of(DjlPeer.NAME, Langchain4jPeer.NAME)) {
      cpuRatio(results, peer)
          .ifPresent(r -> targets.add(new Target("fp32: CPU to that of " + peer, r, 0.33, true)));
    }
    find(results, SentenceTransformersPeer.NAME, cores)
        .ifPresent(
            it -> {
              String name = "fp32: wall to " + SentenceTransformersPeer.NAME;
              double again = Statistics.medianRatio(all.wallMillis(), it.wallMillis());
              double first = Statistics.medianRatio(all.firstMillis(), it.firstMillis());
              targets.add(new Target(name, again, 0.38, true));
              targets.add(new Target(name + ", new requests", first, 0.38, true));
            });
    find(results, Engine.ONE_PAIR, 1)
        .map(it -> Statistics.medianRatio(one.cpuMillis(), it.cpuMillis()))
        .ifPresent(r -> targets.add(new Target("fp32: CPU to one pair a call", r, 1, true)));
    if (cores > 1) {
      double inside = Statistics.medianRatio(one.wallMillis(), all.wallMillis());
      String of = "throughput of " + cores + " cores to one's, ";
      targets.add(new Target(of + "in a request", inside, SCALING * cores, false));
      find(results, Engine.CONCURRENT, cores)
          .map(it -> Statistics.medianRatio(one.wallMillis(), it.wallMillis()))
          .ifPresent(r -> targets.add(new Target(of + "over requests", r, SCALING * cores, false)));
    }
    find(results, Engine.INT8, 1)
        .ifPresent(
            int8 -> {
              double time = Statistics.medianRatio(int8.cpuMillis(), one.cpuMillis());
              String rank = String.format(Locale.ROOT, " (Spearman %.4f)", int8.correlation());
              targets.add(new Target("int8: CPU to fp32's" + rank, time, 0.42, true));
            });
    return targets;
  }

  static Optional<Result> find(List<Result> results, String name, int threads) {
    return results.stream()
        .filter(result -> result.id().name().equals(name) && result.id().threads() == threads)
        .findFirst();
  }

  /**
   * The CPU time of the engine divided by that of the peer with the same number of threads; the
   * highest ratio if several numbers of threads were measured.
   */
  private static Optional<Double> cpuRatio(List<Result> results, String peer) {
    return results.stream()
        .filter(result -> result.id().name().equals(peer))
        .map(
            result -> {
              Result ours = find(results, Engine.FP32, result.id().threads()).orElseThrow();
              return Statistics.medianRatio(ours.cpuMillis(), result.cpuMillis());
            })
        .max(Double::compare);
  }
}
