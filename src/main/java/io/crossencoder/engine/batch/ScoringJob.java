// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.ModelMetrics;
import io.crossencoder.model.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * The batches of one request and what has come of them. All of it is guarded by the lock of {@link
 * InferencePool}, but for {@link #run}.
 */
public final class ScoringJob {

  /** The model, as a job sees it. */
  public interface Runner {

    /** One raw logit a pair; throws if the run fails or is cancelled. */
    float[] run(Batch batch) throws Exception;

    /** Makes the runs that go on now end soon. */
    void cancel();

    /** Nothing runs any more, nor will. */
    void close();
  }

  private final Runner runner;
  private final Throughput throughput;
  private final ModelMetrics figures;
  private final Deadline deadline;
  private final Deque<Batch> pending = new ArrayDeque<>();
  private final float[] logits;
  private final Condition changed;

  private int pendingPairs;
  private int running;
  private boolean abandoned;
  private boolean outOfTime;
  private Optional<Throwable> failure = Optional.empty();
  private int tokens;
  private int batches;
  private long inferenceNanos;
  private long submittedNanos;
  private boolean begun;

  /**
   * A job that nobody runs yet.
   *
   * @param logits where the raw logits go, by pair
   * @param changed to be signalled when there is little left to run, and when there is nothing
   */
  public ScoringJob(
      Runner runner,
      Throughput throughput,
      ModelMetrics figures,
      Deadline deadline,
      float[] logits,
      Condition changed) {
    this.runner = runner;
    this.throughput = throughput;
    this.figures = figures;
    this.deadline = deadline;
    this.logits = logits;
    this.changed = changed;
  }

  /** Whether it makes sense to give it more. */
  boolean wantsMore() {
    return failure.isEmpty() && !outOfTime;
  }

  /** More to run, behind what waits. */
  void add(List<Batch> batches) {
    if (submittedNanos == 0) {
      submittedNanos = System.nanoTime();
    }
    pending.addAll(batches);
    pendingPairs += batches.stream().mapToInt(Batch::size).sum();
  }

  /** Pairs that wait for a worker. */
  int pendingPairs() {
    return pendingPairs;
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /**
   * What to run next, or nothing. A batch that would not be through by the deadline is not begun:
   * as many of its pairs as can be are taken, and where that is none, the job is at its end.
   */
  Optional<Batch> next() {
    Batch batch = pending.peek();
    if (batch == null) {
      return Optional.empty();
    }
    int affordable = throughput.pairsWithin(deadline.remainingNanos(), batch.width());
    if (affordable == 0) {
      outOfTime = true;
      clearPending();
      return Optional.empty();
    }
    pending.poll();
    if (affordable < batch.size()) {
      pending.addFirst(batch.tail(affordable));
      batch = batch.head(affordable);
    }
    pendingPairs -= batch.size();
    running++;
    begin();
    return Optional.of(batch);
  }

  /** Counts how long the job waited, once: later batches of it wait for its own earlier ones. */
  private void begin() {
    if (!begun && submittedNanos != 0) {
      begun = true;
      figures.waited(System.nanoTime() - submittedNanos);
    }
  }

  /** One batch through the model, without the lock. */
  float[] run(Batch batch) throws Exception {
    return runner.run(batch);
  }

  void succeeded(Batch batch, float[] batchLogits, long nanos) {
    running--;
    throughput.ran(batch.cells(), nanos);
    figures.ran(nanos);
    if (!abandoned) {
      for (int i = 0; i < batch.size(); i++) {
        logits[batch.pairs()[i]] = batchLogits[i];
      }
      tokens += batch.tokens();
      batches++;
      inferenceNanos += nanos;
    }
    endIfDone();
  }

  void failed(Throwable cause) {
    running--;
    if (!abandoned) {
      figures.runFailed();
      failure = Optional.of(cause);
      clearPending();
    }
    endIfDone();
  }

  /** What has not begun will not. */
  void drop() {
    clearPending();
    if (isDone()) {
      changed.signalAll();
    }
  }

  /** Nobody waits any more: what runs is stopped, and what waits is dropped. */
  void abandon() {
    abandoned = true;
    // It waited in vain, which counts as waiting, too.
    begin();
    clearPending();
    if (running > 0) {
      runner.cancel();
    } else {
      runner.close();
    }
  }

  private void clearPending() {
    pending.clear();
    pendingPairs = 0;
  }

  private void endIfDone() {
    if (isDone()) {
      if (abandoned) {
        runner.close();
      }
      changed.signalAll();
    }
  }

  boolean isDone() {
    return pending.isEmpty() && running == 0;
  }

  /**
   * Waits until something is reached, and lets go of the workers' lock for that long; false if the
   * deadline came first.
   */
  boolean await(BooleanSupplier reached) throws InterruptedException {
    while (!reached.getAsBoolean()) {
      if (!deadline.bounded()) {
        changed.await();
      } else {
        long left = deadline.remainingNanos();
        if (left <= 0 || changed.awaitNanos(left) <= 0) {
          return reached.getAsBoolean();
        }
      }
    }
    return true;
  }

  Deadline deadline() {
    return deadline;
  }

  Condition changed() {
    return changed;
  }

  Optional<Throwable> failure() {
    return failure;
  }

  int tokens() {
    return tokens;
  }

  int batches() {
    return batches;
  }

  long inferenceNanos() {
    return inferenceNanos;
  }
}
