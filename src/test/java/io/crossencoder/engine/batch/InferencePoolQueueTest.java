// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.Deadline;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Test;

/** How much waits for the workers, and what is made of too much. */
public final class InferencePoolQueueTest extends InferencePoolTestCase {

  @Test(timeout = 20_000)
  public void aRequestThatFindsAFullQueueIsRefused() throws Exception {
    workers = new InferencePool(1, 50);
    FakeRunner first = new FakeRunner(1);
    Future<Boolean> firstDone = run(job(first, 100, Deadline.NONE, unscored(100)));
    first.begun.await();
    FakeRunner second = new FakeRunner(0);
    assertFalse(job(second, 1, Deadline.NONE, unscored(1)).on(workers));
    assertTrue("its native options are freed", second.closed);
    first.mayEnd.countDown();
    assertTrue("alone in the line, any size is taken", firstDone.get());
    assertEquals(0, workers.queuedPairs());
  }

  @Test(timeout = 20_000)
  public void pairsThatAreStillTokenizedAreInTheQueue() throws Exception {
    workers = new InferencePool(1, 50);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch tokenized = new CountDownLatch(1);
    Request slow = job(new FakeRunner(0), 40, Deadline.NONE, unscored(40));
    Iterator<List<Batch>> whole = List.of(slow.batches()).iterator();
    Iterator<List<Batch>> batches =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return whole.hasNext();
          }

          @Override
          public List<Batch> next() {
            begun.countDown();
            awaitQuietly(tokenized);
            return whole.next();
          }
        };
    Future<Boolean> slowDone = clients.submit(() -> workers.run(slow.job(), 40, batches));
    begun.await();
    assertEquals(40, workers.queuedPairs());
    assertFalse(job(new FakeRunner(0), 11, Deadline.NONE, unscored(11)).on(workers));
    tokenized.countDown();
    assertTrue(slowDone.get());
    assertEquals(0, workers.queuedPairs());
  }

  @Test(timeout = 20_000)
  public void noMoreBatchesAreMadeThanAreSoonToBeRun() throws Exception {
    workers = new InferencePool(1, 1000);
    FakeRunner runner = new FakeRunner(1);
    AtomicInteger made = new AtomicInteger();
    List<Batch> tier = job(runner, RequestBatches.TIER, Deadline.NONE, null).batches();
    Iterator<List<Batch>> tiers =
        IntStream.range(0, 10).mapToObj(i -> made.incrementAndGet() > 0 ? tier : null).iterator();
    ScoringJob job = job(runner, 0, Deadline.NONE, unscored(RequestBatches.TIER)).job();
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(
            () -> {
              try {
                workers.run(job, 10 * RequestBatches.TIER, tiers);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            clients);
    runner.begun.await();
    Thread.sleep(50);
    assertTrue("made " + made, made.get() <= 2);
    runner.mayEnd.countDown();
    done.get();
    assertEquals(10, made.get());
    assertEquals(0, workers.queuedPairs());
  }

  @Test(timeout = 20_000)
  public void whatCannotBeTokenizedEndsItsRequest() throws Exception {
    workers = new InferencePool(1, 1000);
    FakeRunner runner = new FakeRunner(0);
    Request request = job(runner, 1, Deadline.NONE, unscored(1));
    Iterator<List<Batch>> broken =
        Stream.<List<Batch>>generate(
                () -> {
                  throw new IllegalStateException("no tokens");
                })
            .iterator();
    assertThrows(IllegalStateException.class, () -> workers.run(request.job(), 1, broken));
    assertTrue("its native options are freed", runner.closed);
    assertTrue(job(new FakeRunner(0), 2, Deadline.NONE, unscored(2)).on(workers));
  }
}
