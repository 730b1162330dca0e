// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.bench.Comparison.Result;
import io.crossencoder.model.ModelSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Measures the cost of a pair by its length and of a long passage by its number of windows. */
final class Lengths {

  private static final int[] WINDOWS = {1, 4, 16};

  private final Graphs graphs;
  private final Workload workload;
  private final List<Contender> contenders;
  private final PrintWriter out;
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  Lengths(Graphs graphs, Workload workload, List<Contender> contenders, PrintWriter out) {
    this.graphs = graphs;
    this.workload = workload;
    this.contenders = contenders;
    this.out = out;
  }

  /**
   * Measures and prints the results.
   *
   * @param targets whether to print the targets for models of MiniLM-L6's shape
   */
  ObjectNode run(int[] lengths, int rounds, boolean targets) throws Exception {
    List<Request> requests = workload.requests();
    Map<Integer, List<Result>> byLength = new LinkedHashMap<>();
    try (TokenPassages passages = new TokenPassages(graphs.chosen())) {
      for (int length : lengths) {
        out.println(length + " tokens");
        List<Request> ofLength = passages.ofTokens(requests, length);
        List<Result> results = new Comparison(contenders, ofLength, out).run(rounds);
        byLength.put(length, results);
        json.set(length + " tokens", Report.json(results));
      }
      new LengthReport(workload.docs(), byLength, out).print();
      if (targets && byLength.containsKey(LengthTargets.TOKENS)) {
        List<Target> all = LengthTargets.of(byLength.get(LengthTargets.TOKENS));
        Report.print(all, out, LengthTargets.TOKENS + " tokens");
        Report.targets(all, json);
      }
      windows(passages, requests, rounds);
    }
    return json;
  }

  private void windows(TokenPassages passages, List<Request> requests, int rounds)
      throws Exception {
    int most = WINDOWS[WINDOWS.length - 1];
    int width = graphs.chosen().maxLength();
    int docs = Math.max(1, workload.docs() / most);
    List<Request> longOnes = new ArrayList<>();
    for (Request request : requests) {
      Request few = new Request(request.query(), request.passages().subList(0, docs));
      longOnes.add(passages.ofTokens(few, most * width));
    }
    List<Contender> maxp = new ArrayList<>();
    try {
      addWindows(maxp, Engine.FP32, graphs.chosen());
      Optional<ModelSpec> int8 = graphs.int8();
      int8.ifPresent(graph -> addWindows(maxp, Engine.INT8, graph));
      List<Result> results = new Comparison(maxp, longOnes, out).run(rounds);
      json.set("windows", Report.json(results));
      out.printf(
          Locale.ROOT,
          "%npassage=maxp: %d tokens a passage, windows of %d; CPU-ms a passage on one thread%n",
          most * width,
          width);
      for (Result result : results) {
        double millis = Statistics.median(result.cpuMillis()) / docs;
        out.printf(Locale.ROOT, "%-24s %10.1f%n", result.id().name(), millis);
      }
      out.flush();
    } finally {
      maxp.forEach(Contender::close);
    }
  }

  private static void addWindows(List<Contender> maxp, String name, ModelSpec graph) {
    for (int most : WINDOWS) {
      Contender.Id id = new Contender.Id(name + ", windows: " + most, 1, false);
      maxp.add(JvmContender.of(id, new WindowsOfPassages(Engine.of(graph, 1, 0), most)));
    }
  }
}
