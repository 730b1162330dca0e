// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engine of this project, as contenders with several settings. */
final class Engine implements JvmContender.Scorer {

  /** The contender with which all others are compared. */
  static final String FP32 = "fp32";

  static final String PLAIN = "fp32, plain graph";
  static final String INT8 = "int8";
  static final String CACHED = "fp32, all cached";
  static final String CONCURRENT = "fp32, concurrent";
  static final String ONE_PAIR = "one pair a call";
  static final String PLAIN_ONE_PAIR = "one pair a call, plain";

  private static final int QUEUE = 100_000;

  private final ModelRegistry registry;
  private final CrossEncoder encoder;

  /**
   * Loads a model.
   *
   * @param file its ONNX file; empty for the default
   */
  Engine(Path model, Optional<String> file, int threads, long cacheBytes) {
    registry = new ModelRegistry(new ModelRegistry.Settings(threads, QUEUE, cacheBytes));
    encoder = registry.open(model, new ModelOptions(file, Optional.empty()));
  }

  static Engine of(ModelSpec graph, int threads, long cacheBytes) {
    return new Engine(graph.directory(), Optional.of(Graphs.name(graph)), threads, cacheBytes);
  }

  CrossEncoder encoder() {
    return encoder;
  }

  ModelSpec spec() {
    return encoder.spec();
  }

  @Override
  public float[] score(Request request) {
    Scores scores = encoder.score(request.query(), request.passages(), Deadline.NONE);
    if (scores.outcome() != Scores.Outcome.COMPLETE) {
      throw new IllegalStateException(
          "the engine ended " + scores.outcome(), scores.failure().orElse(null));
    }
    return scores.logits();
  }

  @Override
  public void close() {
    encoder.close();
    registry.close();
  }

  /**
   * The engine with and without cache, on one thread and on all, in fp32 and int8, and without
   * batches.
   */
  static List<Contender> contenders(Graphs graphs, int cores) {
    List<Contender> ours = new ArrayList<>();
    ModelSpec chosen = graphs.chosen();
    int[] threadCounts = Bench.threadCounts(cores);
    for (int threads : threadCounts) {
      ours.add(cold(FP32, chosen, threads, true));
    }
    for (int threads : threadCounts) {
      if (graphs.isOptimized()) {
        ours.add(cold(PLAIN, graphs.plain(), threads, true));
      }
      graphs.int8().ifPresent(int8 -> ours.add(cold(INT8, int8, threads, false)));
    }
    Contender.Id concurrent = new Contender.Id(CONCURRENT, cores, true);
    ours.add(JvmContender.concurrent(concurrent, of(chosen, cores, 0), 2 * cores));
    Contender.Id cached = new Contender.Id(CACHED, cores, true);
    ours.add(JvmContender.cached(cached, of(chosen, cores, 64L << 20)));
    ours.add(JvmContender.of(new Contender.Id(ONE_PAIR, 1, true), onePairACall(chosen)));
    if (graphs.isOptimized()) {
      Contender.Id plain = new Contender.Id(PLAIN_ONE_PAIR, 1, true);
      ours.add(JvmContender.of(plain, onePairACall(graphs.plain())));
    }
    return ours;
  }

  static Contender cold(String name, ModelSpec graph, int threads, boolean exact) {
    return JvmContender.of(new Contender.Id(name, threads, exact), of(graph, threads, 0));
  }

  private static JvmContender.Scorer onePairACall(ModelSpec graph) {
    OnePairACall loop = new OnePairACall(graph);
    return new JvmContender.Scorer() {
      @Override
      public float[] score(Request request) throws Exception {
        return loop.score(request.query(), request.passages());
      }

      @Override
      public void close() {
        loop.close();
      }
    };
  }
}
