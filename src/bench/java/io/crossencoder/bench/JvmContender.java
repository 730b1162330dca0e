// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A contender in this JVM. */
final class JvmContender implements Contender {

  /** Scores requests for a contender. */
  interface Scorer extends AutoCloseable {
    float[] score(Request request) throws Exception;

    @Override
    void close();
  }

  private final Id id;
  private final Scorer scorer;
  private final int callers;
  private final boolean warm;
  private final ExecutorService pool;

  private JvmContender(Id id, Scorer scorer, int callers, boolean warm) {
    this.id = id;
    this.scorer = scorer;
    this.callers = callers;
    this.warm = warm;
    this.pool = Executors.newFixedThreadPool(callers);
  }

  /** Calls the scorer from one thread, one call at a time. */
  static JvmContender of(Id id, Scorer scorer) {
    return new JvmContender(id, scorer, 1, false);
  }

  /** Scores every request once before it is timed, so that the cache contains its scores. */
  static JvmContender cached(Id id, Scorer scorer) {
    return new JvmContender(id, scorer, 1, true);
  }

  /** Calls the scorer from several threads at the same time. */
  static JvmContender concurrent(Id id, Scorer scorer, int callers) {
    return new JvmContender(id, scorer, callers, false);
  }

  @Override
  public Id id() {
    return id;
  }

  @Override
  public Measured measure(Request request, int calls) throws Exception {
    if (warm) {
      scorer.score(request);
    }
    List<Callable<float[]>> tasks = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      // The engine runs equal pairs of concurrent requests once. Therefore, each caller sends a
      // different query with the same tokens.
      Request own = new Request(request.query() + "\u0001".repeat(caller), request.passages());
      tasks.add(() -> repeat(own, calls));
    }
    List<float[]> logits = new ArrayList<>();
    long system = CpuClock.systemNanos();
    long cpu = CpuClock.nanos();
    long start = System.nanoTime();
    for (Future<float[]> task : pool.invokeAll(tasks)) {
      logits.add(task.get());
    }
    long wall = System.nanoTime() - start;
    cpu = CpuClock.nanos() - cpu;
    system = CpuClock.systemNanos() - system;
    double perCall = 1e-6 / callers / calls;
    return new Measured(logits.get(0), cpu * perCall, system * perCall, wall * perCall);
  }

  private float[] repeat(Request request, int calls) throws Exception {
    float[] logits = scorer.score(request);
    for (int call = 1; call < calls; call++) {
      logits = scorer.score(request);
    }
    return logits;
  }

  @Override
  public void close() {
    pool.shutdown();
    scorer.close();
  }
}
