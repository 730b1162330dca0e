// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertFalse;

import io.crossencoder.engine.tokens.Encoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Returns the number of a pair as its logit; can be delayed. */
final class FakeRunner implements Runner {
  final CountDownLatch begun = new CountDownLatch(1);
  final CountDownLatch mayEnd;
  final CountDownLatch canceled = new CountDownLatch(1);
  private final List<FakeRunner> order;
  volatile boolean closed;

  FakeRunner(int held) {
    this(held, Collections.synchronizedList(new ArrayList<>()));
  }

  FakeRunner(int held, List<FakeRunner> order) {
    this.order = order;
    mayEnd = new CountDownLatch(held);
  }

  @Override
  public float[] run(List<Encoding> pairs) throws Exception {
    assertFalse("used after close", closed);
    begun.countDown();
    mayEnd.await();
    order.add(this);
    float[] logits = new float[pairs.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = pairs.get(i).ids()[0];
    }
    return logits;
  }

  @Override
  public void cancel() {
    canceled.countDown();
    mayEnd.countDown();
  }

  @Override
  public void close() {
    assertFalse("closed twice", closed);
    closed = true;
  }
}
