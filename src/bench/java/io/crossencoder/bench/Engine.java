// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelRegistry;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.OnePairACall;
import io.crossencoder.model.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This project's engine in the ways it can be run. */
final class Engine implements JvmContender.Scorer {

  /** The contender that all others are set beside. */
  static final String FP32 = "fp32";

  static final String INT8 = "int8";
  static final String CACHED = "fp32, all cached";
  static final String CONCURRENT = "fp32, concurrent";
  static final String ONE_PAIR = "one pair a call";

  private static final int QUEUE = 100_000;

  private final ModelRegistry registry;
  private final CrossEncoder encoder;

  Engine(Path model, Optional<String> file, int threads, long cacheBytes) {
    registry = new ModelRegistry(new ModelRegistry.Settings(threads, QUEUE, cacheBytes));
    encoder = registry.open(model, new ModelOptions(file, Optional.empty()));
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

  /** Cold, cached, on one thread and on all, fp32 and int8, and without batches. */
  static List<Contender> contenders(Path model, Optional<String> int8, int cores) {
    Optional<String> plain = Optional.empty();
    List<Contender> ours = new ArrayList<>();
    for (int threads : Bench.threadCounts(cores)) {
      ours.add(cold(FP32, new Engine(model, plain, threads, 0), threads, true));
    }
    for (int threads : Bench.threadCounts(cores)) {
      if (int8.isPresent()) {
        ours.add(cold(INT8, new Engine(model, int8, threads, 0), threads, false));
      }
    }
    ours.add(
        JvmContender.concurrent(
            new Contender.Id(CONCURRENT, cores, true),
            new Engine(model, plain, cores, 0),
            2 * cores));
    ours.add(
        JvmContender.cached(
            new Contender.Id(CACHED, cores, true), new Engine(model, plain, cores, 64L << 20)));
    ours.add(JvmContender.of(new Contender.Id(ONE_PAIR, 1, true), onePairACall(model)));
    return ours;
  }

  private static Contender cold(String name, Engine engine, int threads, boolean exact) {
    return JvmContender.of(new Contender.Id(name, threads, exact), engine);
  }

  private static JvmContender.Scorer onePairACall(Path model) {
    OnePairACall loop = new OnePairACall(model);
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
