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
 * The threads of a node that run batches, one batch a thread at a time, and the scores that they
 * share: a pair that the score cache knows is not run, and one that is being tokenized or scored
 * for another request is not tokenized or scored again. Thread-safe.
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
   * Starts the threads.
   *
   * @param count how many; as many as there are cores is the fastest
   * @param maxQueuedPairs pairs that may wait; a request that finds more is refused
   * @param cache asked before anything is run, and told what was
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
   * Scores pairs and waits until that is done or the deadline has passed. Never throws for what
   * happens while scoring: it is the outcome. Interrupted, it returns what there is, and the thread
   * stays interrupted.
   *
   * @param model runs them
   * @param query as the user gave it
   * @param passages best candidate first
   * @param deadline when to stop
   * @param sharing whether what is known may be taken, and others may know what becomes known
   * @return one score per passage, in their order
   */
  public Scores score(
      PooledModel model, String query, List<String> passages, Deadline deadline, boolean sharing) {
    ScoreAccumulator scores = new ScoreAccumulator(passages);
    List<ScoreCache.Key> keys =
        sharing ? cache.keys(model.fingerprint(), query, passages) : List.of();
    for (int i = 0; i < keys.size(); i++) {
      int index = i;
      cache.get(keys.get(i)).ifPresent(entry -> scores.cached(index, entry));
    }
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

  /** The waiting thread makes the batches, and no more of them than are soon to be run. */
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
        // The request has failed, or was over; the thread is for all of them.
        LOG.error("a worker could not end a run", e);
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

  /** {@return pairs that wait for a worker now, or to be tokenized} */
  public int queuedPairs() {
    return queue.queuedPairs();
  }

  /** {@return threads that run a batch now} */
  public int busy() {
    return busy.get();
  }

  /** {@return calls that found the line too long, since the start} */
  public long refused() {
    return refused.sum();
  }

  /** {@return how many threads run batches} */
  public int threads() {
    return threads.size();
  }

  /** {@return pairs that may wait} */
  public int maxQueuedPairs() {
    return maxQueuedPairs;
  }

  /**
   * Lets no more batches begin: requests that wait get what is scored as soon as the batches that
   * run are through, and later ones get what is cached. Does not wait.
   */
  public void endRequests() {
    ending = true;
    queue.close();
  }

  /** {@return whether nothing more is run because requests have to end} */
  public boolean isEnding() {
    return ending;
  }

  /** Ends the threads after the batch each of them is at; requests that wait get what is scored. */
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
