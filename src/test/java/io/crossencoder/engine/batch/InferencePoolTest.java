// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelMetrics;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.Test;

/** How requests share the workers, with a model that does as the test says. */
public final class InferencePoolTest extends InferencePoolTestCase {

  @Test(timeout = 20_000)
  public void everyPairGetsItsLogit() throws Exception {
    workers = new InferencePool(3, 1000);
    float[] logits = unscored(4);
    FakeRunner runner = new FakeRunner(0);
    assertTrue(job(runner, 4, Deadline.NONE, logits).on(workers));
    assertArrayEquals(new float[] {0, 1, 2, 3}, logits, 0);
    assertTrue(runner.closed);
  }

  @Test(timeout = 20_000)
  public void requestsTakeTurns() throws Exception {
    workers = new InferencePool(1, 1000);
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
  public void atTheDeadlineTheRunIsStoppedAndNotWaitedFor() throws Exception {
    workers = new InferencePool(1, 1000);
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
    workers = new InferencePool(1, 1000);
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
            new ModelMetrics("fake"),
            Deadline.NONE,
            unscored(1),
            workers.newCondition());
    assertTrue(workers.run(bad, 2, List.of(List.of(batch, batch)).iterator()));
    assertEquals("out of luck", bad.failure().orElseThrow().getMessage());
    assertEquals(0, workers.queuedPairs());
    assertTrue(job(runner, 2, Deadline.NONE, unscored(2)).on(workers));
  }

  @Test(timeout = 20_000)
  public void closedWorkersRefuse() throws Exception {
    workers = new InferencePool(1, 1000);
    workers.close();
    assertFalse(job(new FakeRunner(0), 2, Deadline.NONE, unscored(2)).on(workers));
  }
}
