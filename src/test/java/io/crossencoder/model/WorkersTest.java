// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Test;

/** How requests share the workers, with a model that does as the test says. */
public class WorkersTest {

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private Workers workers;

  @After
  public void close() {
    clients.shutdownNow();
    if (workers != null) {
      workers.close();
    }
  }

  private static final int WIDTH = 10;

  private Request job(FakeRunner runner, int batches, Deadline deadline, float[] logits) {
    List<Batch> each =
        IntStream.range(0, batches)
            .mapToObj(
                i ->
                    new Batch(
                        new int[] {i},
                        List.of(new Encoding(new long[WIDTH], new long[WIDTH], false))))
            .toList();
    return new Request(
        new ScoringJob(
            runner,
            new Throughput(),
            new ModelFigures("fake"),
            deadline,
            logits,
            workers.newCondition()),
        each);
  }

  /** A job and what it has to run. */
  private record Request(ScoringJob job, List<Batch> batches) {

    boolean on(Workers workers) throws InterruptedException {
      return workers.run(job, batches.size(), List.of(batches).iterator());
    }
  }

  private Future<Boolean> run(Request job) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    clients.execute(
        () -> {
          try {
            done.complete(job.on(workers));
          } catch (InterruptedException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private static float[] unscored(int size) {
    float[] logits = new float[size];
    Arrays.fill(logits, Float.NaN);
    return logits;
  }

  @Test(timeout = 20_000)
  public void everyPairGetsItsLogit() throws Exception {
    workers = new Workers(3, 1000);
    float[] logits = unscored(4);
    FakeRunner runner = new FakeRunner(0);
    assertTrue(job(runner, 4, Deadline.NONE, logits).on(workers));
    assertArrayEquals(new float[] {0, 1, 2, 3}, logits, 0);
    assertTrue(runner.closed);
  }

  @Test(timeout = 20_000)
  public void requestsTakeTurns() throws Exception {
    workers = new Workers(1, 1000);
    List<FakeRunner> order = Collections.synchronizedList(new ArrayList<>());
    FakeRunner large = new FakeRunner(1, order);
    Future<Boolean> largeDone = run(job(large, 100, Deadline.NONE, unscored(100)));
    large.begun.await();
    FakeRunner small = new FakeRunner(0, order);
    Future<Boolean> smallDone = run(job(small, 3, Deadline.NONE, unscored(3)));
    while (workers.queuedPairs() < 102) {
      Thread.onSpinWait();
    }
    large.mayEnd.countDown();
    assertTrue(smallDone.get() && largeDone.get());
    assertEquals(103, order.size());
    assertTrue("turn by turn", order.lastIndexOf(small) <= 7);
  }

  @Test(timeout = 20_000)
  public void aRequestThatFindsAFullQueueIsRefused() throws Exception {
    workers = new Workers(1, 50);
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
    workers = new Workers(1, 50);
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

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test(timeout = 20_000)
  public void atTheDeadlineTheRunIsStoppedAndNotWaitedFor() throws Exception {
    workers = new Workers(1, 1000);
    FakeRunner stuck = new FakeRunner(1);
    float[] logits = unscored(5);
    Request job = job(stuck, 5, Deadline.in(Duration.ofMillis(50)), logits);
    assertTrue(job.on(workers));
    stuck.cancelled.await();
    assertArrayEquals(unscored(5), logits, 0);
    assertTrue(job(new FakeRunner(0), 1, Deadline.NONE, unscored(1)).on(workers));
    assertArrayEquals("nothing is written after the end", unscored(5), logits, 0);
    assertTrue(stuck.closed);
  }

  @Test(timeout = 20_000)
  public void aFailureEndsItsRequestAndNoOther() throws Exception {
    workers = new Workers(1, 1000);
    FakeRunner runner = new FakeRunner(0);
    ScoringJob.Runner failing =
        new ScoringJob.Runner() {
          @Override
          public float[] run(Batch batch) {
            throw new IllegalStateException("out of luck");
          }

          @Override
          public void cancel() {}

          @Override
          public void close() {}
        };
    Batch batch = new Batch(new int[] {0}, List.of(new Encoding(new long[1], new long[1], false)));
    ScoringJob bad =
        new ScoringJob(
            failing,
            new Throughput(),
            new ModelFigures("fake"),
            Deadline.NONE,
            unscored(1),
            workers.newCondition());
    assertTrue(workers.run(bad, 2, List.of(List.of(batch, batch)).iterator()));
    assertEquals("out of luck", bad.failure().orElseThrow().getMessage());
    assertEquals(0, workers.queuedPairs());
    assertTrue(job(runner, 2, Deadline.NONE, unscored(2)).on(workers));
  }

  @Test(timeout = 20_000)
  public void noMoreBatchesAreMadeThanAreSoonToBeRun() throws Exception {
    workers = new Workers(1, 1000);
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
    workers = new Workers(1, 1000);
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

  @Test(timeout = 20_000)
  public void closedWorkersRefuse() throws Exception {
    workers = new Workers(1, 1000);
    workers.close();
    assertFalse(job(new FakeRunner(0), 2, Deadline.NONE, unscored(2)).on(workers));
  }
}
