// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.Test;

/**
 * Identical pairs of concurrent requests are scored once, without side effects on other requests.
 */
public final class SharedRunsTest extends InferencePoolTestCase {

  private final List<FakeRunner> runs = Collections.synchronizedList(new ArrayList<>());

  /** Waits until this number of pairs is in the queue. */
  private void awaitQueued(int pairs) {
    while (pool.queuedPairs() != pairs) {
      Thread.onSpinWait();
    }
  }

  @Test(timeout = 300_000)
  public void eightRequestsForTheSamePairsRunThemOnce() throws Exception {
    start(2, 10_000);
    List<FakeRunner> runners = new ArrayList<>();
    List<Future<Scores>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      runners.add(new FakeRunner(i < 2 ? 1 : 0, runs));
      answers.add(run(shared(runners.get(i), 50, Deadline.NONE)));
      if (i < 2) {
        runners.get(0).begun.await();
      }
    }
    runners.get(0).mayEnd.countDown();
    runners.get(1).mayEnd.countDown();
    int cost = 0;
    int shared = 0;
    for (Future<Scores> answer : answers) {
      Scores scores = answer.get();
      assertEquals(Outcome.COMPLETE, scores.outcome());
      assertEquals(49, scores.logits()[49], 0);
      cost += scores.work().batches();
      shared += scores.work().shared();
    }
    assertEquals(50, runs.size());
    assertEquals(50, cost);
    assertEquals(350, shared);
  }

  @Test(timeout = 300_000)
  public void aPairWhoseRunFailsIsTakenOver() throws Exception {
    start(1, 1000);
    FakeRunner held = new FakeRunner(1, runs);
    InferencePoolTest.Fails failing =
        pairs -> {
          held.run(pairs);
          throw new IllegalStateException("out of luck");
        };
    Future<Scores> first = run(shared(failing, 1, Deadline.NONE));
    held.begun.await();
    Future<Scores> second = run(shared(new FakeRunner(0, runs), 1, Deadline.NONE));
    awaitQueued(1);
    held.mayEnd.countDown();
    assertEquals(Outcome.FAILED, first.get().outcome());
    assertEquals(Outcome.COMPLETE, second.get().outcome());
    assertEquals(0, second.get().work().shared());
  }

  @Test(timeout = 300_000)
  public void aRunThatOthersWaitForIsNotCanceledWithItsRequest() throws Exception {
    start(2, 1000);
    FakeRunner held = new FakeRunner(1, runs);
    Request first = shared(held, 1, Deadline.NONE);
    Thread client = new Thread(() -> assertThrows(InterruptedException.class, first::go));
    client.start();
    held.begun.await();
    FakeRunner other = new FakeRunner(0, runs);
    Future<Scores> second = run(shared(other, 2, Deadline.NONE));
    // It runs its second pair and waits for the first.
    other.begun.await();
    client.interrupt();
    client.join();
    assertEquals("not canceled", 1, held.canceled.getCount());
    assertFalse(second.isDone());
    held.mayEnd.countDown();
    assertArrayEquals(new float[] {0, 1}, second.get().logits(), 0);
    assertEquals(1, second.get().work().shared());
    Scores ended = first.job().scores.toScores();
    assertArrayEquals("nothing is written after the end", unscored(1), ended.logits(), 0);
    assertEquals(2, runs.size());
  }

  @Test(timeout = 300_000)
  public void whoWaitsForAnothersRunWaitsToItsOwnDeadline() throws Exception {
    start(2, 1000);
    FakeRunner held = new FakeRunner(1, runs);
    Future<Scores> first = run(shared(held, 1, Deadline.NONE));
    held.begun.await();
    Scores second = shared(new FakeRunner(0), 1, Deadline.in(Duration.ofMillis(50))).go();
    assertEquals(Outcome.PARTIAL, second.outcome());
    held.mayEnd.countDown();
    assertEquals(Outcome.COMPLETE, first.get().outcome());
  }

  @Test(timeout = 300_000)
  public void aShortRequestDoesNotWaitForALongOnesTurn() throws Exception {
    start(1, 1000);
    FakeRunner large = new FakeRunner(1, runs);
    Future<Scores> largeDone = run(shared(large, 100, Deadline.NONE));
    large.begun.await();
    // The last pairs of the large request.
    Request small = shared(new FakeRunner(0, runs), 100, Deadline.NONE);
    List<Batch> last = batches(100).subList(97, 100);
    Future<Scores> smallDone = run(small, Collections.singleton(last).iterator());
    while (pool.queuedPairs() < 102) {
      Thread.onSpinWait();
    }
    large.mayEnd.countDown();
    assertEquals(3, smallDone.get().scored());
    assertTrue("the large one had its turns", largeDone.get().scored() == 100);
    assertEquals(100, runs.size());
  }

  @Test(timeout = 300_000)
  public void whatBecomesKnownWhileARequestWaitsIsNotRun() throws Exception {
    start(1, 1000);
    FakeRunner held = new FakeRunner(1, runs);
    Future<Scores> first = run(job(held, 1, Deadline.NONE));
    held.begun.await();
    Request late = shared(new FakeRunner(0, runs), 1, Deadline.NONE);
    Future<Scores> answer = run(late);
    awaitQueued(1);
    cache.put(cache.keys("f", "query", List.of("passage 0")).get(0), new ScoreCache.Entry(5, true));
    held.mayEnd.countDown();
    assertEquals(5, answer.get().logits()[0], 0);
    assertTrue(answer.get().truncated()[0]);
    assertEquals(1, answer.get().work().shared());
    assertEquals(Outcome.COMPLETE, first.get().outcome());
    assertEquals("the other's", 1, runs.size());
  }
}
