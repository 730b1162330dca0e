// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.bench.Comparison.Result;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Execution;
import io.crossencoder.model.ModelSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the fastest batch size by running the engine on one thread with each size. */
final class Sweep {

  private Sweep() {}

  /** Measures the chosen ONNX model, and the int8 model if it exists. */
  static ObjectNode all(
      Graphs graphs, int[] sizes, List<Request> requests, int rounds, PrintWriter out)
      throws Exception {
    ObjectNode numbers = Report.json(run(graphs.chosen(), true, sizes, requests, rounds, out));
    if (graphs.int8().isPresent()) {
      ModelSpec int8 = graphs.int8().get();
      numbers.set("int8", Report.json(run(int8, false, sizes, requests, rounds, out)));
    }
    return numbers;
  }

  /**
   * Measures and prints the results.
   *
   * @param exact false for int8, because its rounding depends on the other pairs of the batch
   */
  private static List<Result> run(
      ModelSpec graph,
      boolean exact,
      int[] sizes,
      List<Request> requests,
      int rounds,
      PrintWriter out)
      throws Exception {
    out.println(Graphs.name(graph));
    try (BatchSizes loaded = new BatchSizes(graph, sizes)) {
      List<Contender> contenders = new ArrayList<>();
      loaded
          .encoders()
          .forEach((cells, encoder) -> contenders.add(contender(cells, exact, encoder)));
      List<Result> results = new Comparison(contenders, requests, out).run(rounds);
      print(results, out);
      contenders.forEach(Contender::close);
      return results;
    }
  }

  private static Contender contender(int cells, boolean exact, CrossEncoder encoder) {
    JvmContender.Scorer scorer =
        new JvmContender.Scorer() {
          @Override
          public float[] score(Request request) {
            return encoder.score(request.query(), request.passages(), Deadline.NONE).logits();
          }

          @Override
          public void close() {
            // The caller closes all encoders together.
          }
        };
    return JvmContender.of(new Contender.Id(Integer.toString(cells), 1, exact), scorer);
  }

  private static void print(List<Result> results, PrintWriter out) {
    Result builtIn =
        results.stream()
            .filter(result -> result.id().name().equals(Integer.toString(Execution.BATCH_CELLS)))
            .findFirst()
            .orElse(results.get(0));
    out.printf(
        Locale.ROOT,
        "%8s %10s %10s   CPU and wall to those of %s%n",
        "cells",
        "CPU ms",
        "wall ms",
        builtIn.id().name());
    for (Result result : results) {
      out.printf(
          Locale.ROOT,
          "%8s %10.2f %10.2f   %.3f %.3f%n",
          result.id().name(),
          Statistics.median(result.cpuMillis()),
          Statistics.median(result.wallMillis()),
          Statistics.medianRatio(result.cpuMillis(), builtIn.cpuMillis()),
          Statistics.medianRatio(result.wallMillis(), builtIn.wallMillis()));
    }
    out.flush();
  }
}
