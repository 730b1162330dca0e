// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.bench.Comparison.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The targets for long pairs of MiniLM-L6's shape, in addition to {@link Target}. */
final class LengthTargets {

  /** The pair length to which the targets apply. */
  static final int TOKENS = 512;

  private LengthTargets() {}

  static List<Target> of(List<Result> results) {
    List<Target> targets = new ArrayList<>();
    add(targets, results, Engine.INT8, Engine.FP32, 1, 0.52);
    add(targets, results, Engine.FP32, Engine.PLAIN, 1, 0.85);
    add(targets, results, Engine.FP32, Engine.PLAIN_ONE_PAIR, 1, 0.85);
    int cores = results.stream().mapToInt(result -> result.id().threads()).max().orElse(1);
    add(targets, results, Engine.FP32, SentenceTransformersPeer.NAME, cores, 0.3);
    add(targets, results, Engine.FP32, DjlPeer.NAME, cores, 0.33);
    add(targets, results, Engine.INT8, SentenceTransformersPeer.ONNX_INT8, cores, 0.6);
    return targets;
  }

  private static void add(
      List<Target> targets,
      List<Result> results,
      String ours,
      String other,
      int threads,
      double limit) {
    Optional<Result> one = Target.find(results, ours, threads);
    Optional<Result> two = Target.find(results, other, threads);
    if (one.isPresent() && two.isPresent()) {
      String promise = "CPU of " + ours + " to " + other + ", threads: " + threads;
      double ratio = Statistics.medianRatio(one.get().cpuMillis(), two.get().cpuMillis());
      targets.add(new Target(promise, ratio, limit, true));
    }
  }
}
