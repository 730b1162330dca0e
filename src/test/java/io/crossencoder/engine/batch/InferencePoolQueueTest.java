// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Test;

/** The size of the queue, and the behavior when it is full. */
public final class InferencePoolQueueTest extends InferencePoolTestCase {

  private static final Set<Thread.State> WAITS =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  @Test(timeout = 300_000)
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

  @Test(timeout = 300_000)
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

  /** More are made if half of the previous ones are left, besides the running pair. */
  private void assertNoMoreAreMade(Deadline deadline, int each) throws Exception {
    start(1, 100_000);
    List<FakeRunner> ran = Collections.synchronizedList(new ArrayList<>());
    FakeRunner runner = new FakeRunner(1, ran);
    AtomicInteger made = new AtomicInteger();
    AtomicReference<Thread> maker = new AtomicReference<>();
    Iterator<List<Batch>> tiers =
        IntStream.range(0, 10)
            .mapToObj(
                i -> {
                  maker.set(Thread.currentThread());
                  made.incrementAndGet();
                  int left = i * each - ran.size();
                  assertTrue(left + " left", left <= each / 2 + 1);
                  return batches(10 * each).subList(i * each, (i + 1) * each);
                })
            .iterator();
    Future<Scores> done = run(job(runner, 10 * each, deadline), tiers);
    runner.begun.await();
    while (!WAITS.contains(maker.get().getState())) {
      Thread.onSpinWait();
    }
    runner.mayEnd.countDown();
    int pairs = 10 * each;
    assertEquals(pairs, done.get().scored());
    assertEquals(10, made.get());
    assertEquals(0, pool.queuedPairs());
  }

  @Test(timeout = 300_000)
  public void noMoreBatchesAreMadeThanAreSoonToBeRun() throws Exception {
    assertNoMoreAreMade(Deadline.in(Duration.ofHours(1)), RequestBatches.TIER);
  }

  @Test(timeout = 300_000)
  public void withoutADeadlineNeitherAreThey() throws Exception {
    assertNoMoreAreMade(Deadline.NONE, RequestBatches.CHUNK);
  }

  @Test(timeout = 300_000)
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
