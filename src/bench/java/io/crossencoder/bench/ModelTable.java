// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.bench.Comparison.Result;
import io.crossencoder.model.ModelSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares models and their ONNX files on one thread. */
final class ModelTable {

  private static final String EXPORTED = "exported";
  private static final String OPTIMIZED = "optimized";
  private static final String INT8 = "int8";

  private final List<Path> models;
  private final String int8;
  private final Workload workload;
  private final PrintWriter out;

  ModelTable(List<Path> models, String int8, Workload workload, PrintWriter out) {
    this.models = models;
    this.int8 = int8;
    this.workload = workload;
    this.out = out;
  }

  /** Measures and prints the results. */
  ObjectNode run(int rounds) throws Exception {
    List<Contender> contenders = new ArrayList<>();
    try {
      for (Path model : models) {
        Graphs graphs = Graphs.of(model, int8);
        add(contenders, model, EXPORTED, Optional.of(graphs.plain()));
        add(
            contenders,
            model,
            OPTIMIZED,
            Optional.of(graphs.chosen()).filter(g -> graphs.isOptimized()));
        add(contenders, model, INT8, graphs.int8());
      }
      List<Result> results = new Comparison(contenders, workload.requests(), out).run(rounds);
      print(results);
      return Report.json(results);
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private static void add(
      List<Contender> contenders, Path model, String which, Optional<ModelSpec> graph) {
    // Not exact, because two models return different logits.
    graph.ifPresent(spec -> contenders.add(Engine.cold(name(model) + " " + which, spec, 1, false)));
  }

  private static String name(Path model) {
    return model.toAbsolutePath().normalize().getFileName().toString();
  }

  private void print(List<Result> results) {
    Map<String, Result> byName = new LinkedHashMap<>();
    results.forEach(result -> byName.put(result.id().name(), result));
    Result first = results.get(0);
    out.printf(
        Locale.ROOT,
        "%nCPU-ms for %d passages on one thread, medians, and in brackets to %s%n",
        workload.docs(),
        first.id().name());
    String row = "%-32s %16s %16s %16s%n";
    out.printf(Locale.ROOT, row, "", EXPORTED, OPTIMIZED, INT8);
    for (Path model : models) {
      out.printf(
          Locale.ROOT,
          row,
          name(model),
          cell(byName.get(name(model) + " " + EXPORTED), first),
          cell(byName.get(name(model) + " " + OPTIMIZED), first),
          cell(byName.get(name(model) + " " + INT8), first));
    }
    out.flush();
  }

  private static String cell(Result result, Result first) {
    return result == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f (%.2f)",
            Statistics.median(result.cpuMillis()),
            Statistics.medianRatio(result.cpuMillis(), first.cpuMillis()));
  }
}
