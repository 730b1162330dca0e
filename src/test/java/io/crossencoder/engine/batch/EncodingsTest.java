// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;

import io.crossencoder.engine.tokens.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

public class EncodingsTest {

  private static final ScoreCache.Key KEY = new ScoreCache.Key(1, 2);

  private final Encodings encodings = new Encodings();
  private final AtomicInteger made = new AtomicInteger();

  private Encoding make() {
    made.incrementAndGet();
    return new Encoding(new long[1], new long[1], false);
  }

  @Test(timeout = 300_000)
  public void whatEightWantAtOnceIsTokenizedOnce() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Encoding>> asking = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asking.add(() -> encodings.get(KEY, this::make));
      }
      List<Future<Encoding>> answers = clients.invokeAll(asking);
      for (Future<Encoding> answer : answers) {
        assertSame(answers.get(0).get(), answer.get());
      }
      assertEquals(1, made.get());
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  public void anotherPairHasItsOwn() {
    Encoding first = encodings.get(KEY, this::make);
    assertNotSame(first, encodings.get(new ScoreCache.Key(1, 3), this::make));
    assertSame(first, encodings.get(KEY, this::make));
  }
}
