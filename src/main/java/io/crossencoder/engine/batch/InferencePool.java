// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer.FittedQuery;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker threads of a node, each of which runs one batch at a time. A pair is not run if its
 * score is in the score cache. Equal pairs of a request are run once. A pair that is being
 * tokenized or scored for another request is not tokenized or scored again. Thread-safe.
 */
public final class InferencePool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InferencePool.class);

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final ParallelFor loop;
  private volatile boolean ending;
  private final JobQueue queue;
  private final ScoreCache cache;
  private final Encodings encodings = new Encodings();
  private final int maxQueuedPairs;

  /**
   * Starts the workers.
   *
   * @param count number of workers; the number of cores is the fastest
   * @param maxQueuedPairs maximum number of waiting pairs; further requests are rejected
   * @param cache score cache that the pool reads and fills
   */
  public InferencePool(int count, int maxQueuedPairs, ScoreCache cache) {
    this.maxQueuedPairs = maxQueuedPairs;
    this.cache = cache;
    queue = new JobQueue(maxQueuedPairs);
    loop = new ParallelFor(count);
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::work, "crossencoder-worker-" + i);
      thread.setDaemon(true);
      thread.setContextClassLoader(InferencePool.class.getClassLoader());
      thread.start();
      threads.add(thread);
    }
  }

  /**
   * Scores pairs; waits until all are scored or the deadline expires. Does not throw if scoring
   * fails: the outcome reports it. If interrupted, returns the scores so far and keeps the
   * interrupt flag.
   *
   * @param model model that runs the pairs
   * @param query text of the user
   * @param passages best candidate first
   * @param deadline when to stop
   * @param sharing whether to use the score cache and share pairs with concurrent requests
   * @return one score per passage, in the order of the passages
   */
  public Scores score(
      PooledModel model, String query, List<String> passages, Deadline deadline, boolean sharing) {
    List<ScoreCache.Key> keys =
        sharing ? cache.keys(model.fingerprint(), query, passages) : List.of();
    ScoreAccumulator scores = new ScoreAccumulator(passages);
    for (int i = 0; i < keys.size(); i++) {
      int index = i;
      cache.get(keys.get(i)).ifPresent(entry -> scores.cached(index, entry));
    }
    scores.scoreEqualOnce(keys);
    int[] missing = scores.missing();
    try {
      if (missing.length > 0) {
        IntFunction<Encoding> tokens = tokens(model, query, passages, keys);
        var batches = new RequestBatches(model.batchCells(), loop, tokens, missing, deadline);
        run(job(model, scores, keys, deadline), missing.length, batches);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      scores.failed(e);
    }
    return scores.toScores();
  }

  private IntFunction<Encoding> tokens(
      PooledModel model, String query, List<String> passages, List<ScoreCache.Key> keys) {
    FittedQuery fitted = model.tokenizer().fit(query);
    IntFunction<Encoding> made = i -> model.tokenizer().encode(fitted, passages.get(i));
    return keys.isEmpty() ? made : i -> encodings.get(keys.get(i), () -> made.apply(i));
  }

  ScoringJob job(
      PooledModel model, ScoreAccumulator scores, List<ScoreCache.Key> keys, Deadline deadline) {
    return new ScoringJob(model, scores, cache, keys, deadline, queue.newCondition());
  }

  /** The waiting thread makes the batches, shortly before they are run. */
  void run(ScoringJob job, int pairs, Iterator<List<Batch>> batches) throws InterruptedException {
    try {
      if (!queue.enter(job, pairs)) {
        if (!ending) {
          refused.increment();
          job.scores.refused();
        }
        return;
      }
      while (batches.hasNext()) {
        queue.add(job, batches.next());
        if (!queue.awaitFew(job)) {
          break;
        }
      }
      queue.awaitDone(job);
    } finally {
      queue.leave(job);
    }
  }

  private void work() {
    for (Optional<Run> run = queue.take(); run.isPresent(); run = queue.take()) {
      try {
        run(run.get());
      } catch (RuntimeException | Error e) {
        // The failure belongs to one request, or came after its end; the worker continues with
        // others.
        LOG.error("a worker failed after a run", e);
      }
    }
  }

  private void run(Run run) {
    float[] scores;
    long start = System.nanoTime();
    busy.incrementAndGet();
    try {
      scores = run.go();
    } catch (Throwable e) {
      queue.failed(run, e);
      return;
    } finally {
      busy.decrementAndGet();
    }
    queue.succeeded(run, scores, System.nanoTime() - start);
  }

  /** {@return number of pairs that are being tokenized or wait for a worker} */
  public int queuedPairs() {
    return queue.queuedPairs();
  }

  /** {@return number of workers that are running a batch} */
  public int busy() {
    return busy.get();
  }

  /** {@return number of rejected calls since the start} */
  public long refused() {
    return refused.sum();
  }

  /** {@return number of workers} */
  public int threads() {
    return threads.size();
  }

  /** {@return maximum number of waiting pairs} */
  public int maxQueuedPairs() {
    return maxQueuedPairs;
  }

  /**
   * Starts no more batches. Waiting requests return the scores so far when the running batches are
   * done; later requests return cached scores. Does not wait.
   */
  public void endRequests() {
    ending = true;
    queue.close();
  }

  /** {@return whether {@link #endRequests} was called} */
  public boolean isEnding() {
    return ending;
  }

  /** Stops the workers after their current batches; waiting requests return the scores so far. */
  @Override
  public void close() {
    loop.close();
    queue.close();
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
