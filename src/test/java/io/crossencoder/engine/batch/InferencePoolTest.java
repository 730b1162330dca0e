// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;

/** How requests share the workers, with a fake model. */
public final class InferencePoolTest extends InferencePoolTestCase {

  @Test(timeout = 300_000)
  public void everyPairGetsItsLogit() throws Exception {
    start(3, 1000);
    FakeRunner runner = new FakeRunner(0);
    Scores scores = job(runner, 4, Deadline.NONE).go();
    assertEquals(Outcome.COMPLETE, scores.outcome());
    assertArrayEquals(new float[] {0, 1, 2, 3}, scores.logits(), 0);
    assertTrue(runner.closed);
  }

  @Test(timeout = 300_000)
  public void requestsTakeTurns() throws Exception {
    start(1, 1000);
    List<FakeRunner> order = Collections.synchronizedList(new ArrayList<>());
    FakeRunner large = new FakeRunner(1, order);
    Future<Scores> largeDone = run(job(large, 100, Deadline.NONE));
    large.begun.await();
    FakeRunner small = new FakeRunner(0, order);
    Future<Scores> smallDone = run(job(small, 3, Deadline.NONE));
    while (pool.queuedPairs() < 102) {
      Thread.onSpinWait();
    }
    large.mayEnd.countDown();
    assertEquals(3, smallDone.get().scored());
    assertEquals(100, largeDone.get().scored());
    assertEquals(103, order.size());
    assertTrue("turn by turn", order.lastIndexOf(small) <= 7);
  }

  /** With equal turns, the short ones would finish after 30 long ones. */
  @Test(timeout = 300_000)
  public void shortPairsDoNotWaitBehindAsManyLongOnes() throws Exception {
    start(1, 1000);
    List<FakeRunner> order = Collections.synchronizedList(new ArrayList<>());
    FakeRunner longPairs = new FakeRunner(1, order);
    var batches = Collections.singleton(batches(40, 512)).iterator();
    Future<Scores> longDone = run(job(longPairs, 40, Deadline.NONE), batches);
    longPairs.begun.await();
    FakeRunner shortPairs = new FakeRunner(0, order);
    Future<Scores> shortDone = run(job(shortPairs, 30, Deadline.NONE));
    while (pool.queuedPairs() < 69) {
      Thread.onSpinWait();
    }
    longPairs.mayEnd.countDown();
    assertEquals(30, shortDone.get().scored());
    assertEquals(40, longDone.get().scored());
    assertEquals("behind the long one that ran already", 30, order.lastIndexOf(shortPairs));
  }

  @Test(timeout = 300_000)
  public void atTheDeadlineTheRunIsStoppedAndNotWaitedFor() throws Exception {
    start(1, 1000);
    FakeRunner stuck;
    Scores scores;
    int millis = 50;
    do {
      stuck = new FakeRunner(1);
      scores = job(stuck, 5, Deadline.in(Duration.ofMillis(millis))).go();
      millis *= 2;
    } while (stuck.begun.getCount() > 0); // The machine was too busy to begin in time.
    assertEquals(Outcome.PARTIAL, scores.outcome());
    stuck.canceled.await();
    assertArrayEquals(unscored(5), scores.logits(), 0);
    assertEquals(1, job(new FakeRunner(0), 1, Deadline.NONE).go().scored());
    assertArrayEquals("nothing is written after the end", unscored(5), scores.logits(), 0);
    assertTrue(stuck.closed);
  }

  @Test(timeout = 300_000)
  public void anInterruptEndsTheWaiting() throws Exception {
    start(1, 1000);
    FakeRunner stuck = new FakeRunner(1);
    Path tokens = TestModels.STARTER.resolve("tokenizer.json");
    try (PairTokenizer tokenizer = PairTokenizer.load(tokens, 64)) {
      PooledModel model =
          new PooledModel(
              "fake", "f", tokenizer, () -> stuck, new Throughput(), new SilentListener(), 100);
      AtomicReference<Scores> scores = new AtomicReference<>();
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread client =
          new Thread(
              () -> {
                scores.set(pool.score(model, "war", List.of("peace"), Deadline.NONE, true));
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      client.start();
      stuck.begun.await();
      client.interrupt();
      client.join();
      assertEquals(Outcome.PARTIAL, scores.get().outcome());
      assertTrue("the thread stays interrupted", interrupted.get());
    }
  }

  interface Fails extends Runner {
    @Override
    default void cancel() {}

    @Override
    default void close() {}
  }

  private void assertServesOthers() throws InterruptedException {
    assertEquals(0, pool.queuedPairs());
    assertEquals(2, job(new FakeRunner(0), 2, Deadline.NONE).go().scored());
  }

  @Test(timeout = 300_000)
  public void aFailureEndsItsRequestAndNoOther() throws Exception {
    start(1, 1000);
    Fails failing =
        pairs -> {
          throw new IllegalStateException("out of luck");
        };
    Scores scores = job(failing, 2, Deadline.NONE).go();
    assertEquals(Outcome.FAILED, scores.outcome());
    assertEquals("out of luck", scores.failure().orElseThrow().getMessage());
    assertServesOthers();
  }

  @Test(timeout = 300_000)
  public void whatIsNoNumberIsAFailureOfItsPairAndNamesTheModel() throws Exception {
    start(1, 1000);
    Fails broken = pairs -> new float[] {pairs.get(0).ids()[0] == 1 ? Float.NaN : 7};
    Scores scores = job(broken, 3, Deadline.NONE).go();
    assertEquals(Outcome.FAILED, scores.outcome());
    String message = scores.failure().orElseThrow().getMessage();
    assertTrue(message, message.contains("fake") && message.contains("NaN"));
    assertEquals(7, scores.logits()[0], 0);
    assertTrue(Float.isNaN(scores.logits()[1]));
    assertServesOthers();
  }

  @Test(timeout = 300_000)
  public void aRunThatCannotBeCanceledLocksNobodyOut() throws Exception {
    start(2, 1000);
    FakeRunner stuck = new FakeRunner(1);
    Runner stubborn =
        new Runner() {
          @Override
          public float[] run(List<Encoding> pairs) throws Exception {
            return stuck.run(pairs);
          }

          @Override
          public void cancel() {
            throw new IllegalStateException("no way to stop");
          }

          @Override
          public void close() {
            throw new IllegalStateException("no way to close");
          }
        };
    Request request = job(stubborn, 1, Deadline.NONE);
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread client =
        new Thread(() -> failure.set(org.junit.Assert.assertThrows(Exception.class, request::go)));
    client.start();
    stuck.begun.await();
    client.interrupt();
    client.join();
    assertTrue(failure.toString(), failure.get().getMessage().contains("no way to stop"));
    assertServesOthers();
    // Closing throws on the worker of the run, which must continue.
    stuck.mayEnd.countDown();
    while (pool.busy() > 0) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < 4; i++) {
      assertServesOthers();
    }
  }

  @Test(timeout = 300_000)
  public void anErrorBesideARunEndsItsRequestAndNoWorker() throws Exception {
    start(1, 1000);
    RunListener broken =
        new SilentListener() {
          @Override
          public void ran(long nanos) {
            throw new StackOverflowError("counting");
          }
        };
    Scores scores = job(model(new FakeRunner(0), broken), 3, List.of(), Deadline.NONE).go();
    assertEquals(Outcome.FAILED, scores.outcome());
    assertEquals("counting", scores.failure().orElseThrow().getMessage());
    assertServesOthers();
  }

  @Test(timeout = 300_000)
  public void aClosedPoolRefuses() throws Exception {
    start(1, 1000);
    pool.close();
    assertTrue(job(new FakeRunner(0), 2, Deadline.NONE).isRefused());
  }

  @Test(timeout = 300_000)
  public void requestsEndWithWhatIsScoredWhenTheyHaveToEnd() throws Exception {
    start(1, 1000);
    FakeRunner runner = new FakeRunner(1);
    Future<Scores> done = run(job(runner, 50, Deadline.NONE));
    runner.begun.await();
    pool.endRequests();
    runner.mayEnd.countDown();
    assertEquals(Outcome.PARTIAL, done.get().outcome());
    assertTrue(done.get().scored() > 0 && done.get().scored() < 50);
    assertEquals(Outcome.PARTIAL, job(new FakeRunner(0), 2, Deadline.NONE).go().outcome());
  }
}
