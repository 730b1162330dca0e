// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import io.crossencoder.model.Deadline;
import org.junit.Test;

/** The order in which requests are served. */
public final class LineTest extends InferencePoolTestCase {

  private final Line line = new Line();

  private ScoringJob newJob() {
    return job(new FakeRunner(0), 1, Deadline.NONE).job();
  }

  private void comesBack(ScoringJob job, double cost) {
    job.had += cost;
    line.add(job);
  }

  @Test
  public void whoHadLeastIsNext() {
    start(1, 10);
    ScoringJob longPairs = newJob();
    ScoringJob shortPairs = newJob();
    line.add(longPairs);
    line.add(shortPairs);
    assertSame("who came first", longPairs, line.poll().orElseThrow());
    comesBack(longPairs, 30);
    for (int i = 0; i < 3; i++) {
      assertSame(shortPairs, line.poll().orElseThrow());
      comesBack(shortPairs, 11);
    }
    assertSame(longPairs, line.poll().orElseThrow());
  }

  @Test
  public void whoComesLateHasNotSavedAnythingUp() {
    start(1, 10);
    ScoringJob first = newJob();
    for (int i = 0; i < 10; i++) {
      line.add(first);
      assertSame(first, line.poll().orElseThrow());
      first.had += 30;
    }
    ScoringJob late = newJob();
    line.add(late);
    assertEquals("as those who were there", 270, late.had, 0);
  }
}
