// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
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
    start(1, 50);
    FakeRunner first = new FakeRunner(1);
    Future<Scores> firstDone = run(job(first, 100, Deadline.NONE));
    first.begun.await();
    FakeRunner second = new FakeRunner(0);
    assertTrue(job(second, 1, Deadline.NONE).isRefused());
    assertTrue("its native options are freed", second.closed);
    first.mayEnd.countDown();
    assertEquals("alone in the line, any size is taken", 100, firstDone.get().scored());
    assertEquals(0, pool.queuedPairs());
  }

  @Test(timeout = 20_000)
  public void pairsThatAreStillTokenizedAreInTheQueue() throws Exception {
    start(1, 50);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch tokenized = new CountDownLatch(1);
    Iterator<List<Batch>> slow =
        Stream.of(batches(40))
            .peek(
                batches -> {
                  begun.countDown();
                  awaitQuietly(tokenized);
                })
            .iterator();
    Future<Scores> slowDone = run(job(new FakeRunner(0), 40, Deadline.NONE), slow);
    begun.await();
    assertEquals(40, pool.queuedPairs());
    assertTrue(job(new FakeRunner(0), 11, Deadline.NONE).isRefused());
    tokenized.countDown();
    assertEquals(40, slowDone.get().scored());
    assertEquals(0, pool.queuedPairs());
  }

  private void assertNoMoreAreMade(Deadline deadline, int each) throws Exception {
    start(1, 100_000);
    FakeRunner runner = new FakeRunner(1);
    AtomicInteger made = new AtomicInteger();
    Iterator<List<Batch>> tiers =
        IntStream.range(0, 10)
            .mapToObj(
                i -> {
                  made.incrementAndGet();
                  return batches(10 * each).subList(i * each, (i + 1) * each);
                })
            .iterator();
    Future<Scores> done = run(job(runner, 10 * each, deadline), tiers);
    runner.begun.await();
    Thread.sleep(50);
    assertTrue("made " + made, made.get() <= 2);
    runner.mayEnd.countDown();
    int pairs = 10 * each;
    assertEquals(pairs, done.get().scored());
    assertEquals(10, made.get());
    assertEquals(0, pool.queuedPairs());
  }

  @Test(timeout = 20_000)
  public void noMoreBatchesAreMadeThanAreSoonToBeRun() throws Exception {
    assertNoMoreAreMade(Deadline.in(Duration.ofMinutes(1)), RequestBatches.TIER);
  }

  @Test(timeout = 20_000)
  public void withoutADeadlineNeitherAreThey() throws Exception {
    assertNoMoreAreMade(Deadline.NONE, RequestBatches.CHUNK);
  }

  @Test(timeout = 20_000)
  public void whatCannotBeTokenizedEndsItsRequest() throws Exception {
    start(1, 1000);
    FakeRunner runner = new FakeRunner(0);
    Request request = job(runner, 1, Deadline.NONE);
    Iterator<List<Batch>> broken =
        Stream.<List<Batch>>generate(
                () -> {
                  throw new IllegalStateException("no tokens");
                })
            .iterator();
    assertThrows(IllegalStateException.class, () -> request.go(broken));
    assertTrue("its native options are freed", runner.closed);
    assertFalse(job(new FakeRunner(0), 2, Deadline.NONE).isRefused());
  }
}
