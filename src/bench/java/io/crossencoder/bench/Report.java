// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.bench.Comparison.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints and writes the measurements. */
final class Report {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Report() {}

  static void print(List<Result> results, PrintWriter out) {
    out.println();
    out.println("Milliseconds a request: median, and in brackets the smallest and the largest.");
    out.println(
        "new: wall time of the first call with a request; the others are of repeated ones.");
    out.println("ours/it: fp32 on as many threads to this one, the median over the rounds.");
    String heading = "%-22s %7s  %-25s %-25s %8s %8s %8s%n";
    out.printf(Locale.ROOT, heading, "", "threads", "CPU ms", "wall ms", "new", "CPU", "wall");
    out.printf(Locale.ROOT, heading, "", "", "", "", "", "ours/it", "ours/it");
    for (Result result : results) {
      Result ours = ours(results, result);
      out.printf(
          Locale.ROOT,
          "%-22s %7d  %-25s %-25s %8.1f %8.3f %8.3f%n",
          result.id().name(),
          result.id().threads(),
          milliseconds(result.cpuMillis()),
          milliseconds(result.wallMillis()),
          Statistics.median(result.firstMillis()),
          Statistics.medianRatio(ours.cpuMillis(), result.cpuMillis()),
          Statistics.medianRatio(ours.wallMillis(), result.wallMillis()));
    }
    out.println();
    for (Result result : results) {
      if (!result.id().exact()) {
        out.printf(
            Locale.ROOT,
            "%s on %d: Spearman's rank correlation with fp32 is %.4f, the mean over the queries%n",
            result.id().name(),
            result.id().threads(),
            result.correlation());
      }
    }
    double furthest =
        results.stream()
            .filter(result -> result.id().exact())
            .mapToDouble(Result::largestDifference)
            .max()
            .orElse(0);
    out.printf(Locale.ROOT, "All others gave the same logits to %.1e.%n%n", furthest);
    out.flush();
  }

  static Result ours(List<Result> results, Result beside) {
    return results.stream()
        .filter(result -> result.id().name().equals(Engine.FP32))
        .filter(result -> result.id().threads() == beside.id().threads())
        .findFirst()
        .orElseThrow();
  }

  private static String milliseconds(double[] samples) {
    return String.format(
        Locale.ROOT,
        "%8.2f [%.1f-%.1f]",
        Statistics.median(samples),
        Statistics.percentile(samples, 0),
        Statistics.percentile(samples, 100));
  }

  static void print(List<Target> targets, PrintWriter out, String heading) {
    if (!targets.isEmpty()) {
      out.println(heading);
    }
    targets.forEach(target -> out.println("  " + target.line()));
    out.flush();
  }

  static ObjectNode json(List<Result> results) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode contenders = json.putArray("contenders");
    for (Result result : results) {
      ObjectNode node = contenders.addObject();
      node.put("name", result.id().name()).put("threads", result.id().threads());
      node.put("exact", result.id().exact());
      node.put("largestLogitDifference", result.largestDifference());
      node.put("spearman", result.correlation());
      samples(node.putObject("cpuMillis"), result.cpuMillis());
      samples(node.putObject("systemMillis"), result.systemMillis());
      samples(node.putObject("wallMillis"), result.wallMillis());
      samples(node.putObject("firstWallMillis"), result.firstMillis());
    }
    return json;
  }

  private static void samples(ObjectNode node, double[] samples) {
    node.put("median", Statistics.median(samples));
    ArrayNode rounds = node.putArray("rounds");
    Arrays.stream(samples).forEach(rounds::add);
  }

  static void targets(List<Target> targets, ObjectNode json) {
    ArrayNode array = json.putArray("targets");
    for (Target target : targets) {
      ObjectNode node = array.addObject();
      node.put("promise", target.promise()).put("measured", target.measured());
      node.put(target.atMost() ? "atMost" : "atLeast", target.limit());
      node.put("met", target.isMet());
    }
  }

  static void write(ObjectNode json, Path file) throws IOException {
    JSON.writeValue(file.toFile(), json);
  }
}
