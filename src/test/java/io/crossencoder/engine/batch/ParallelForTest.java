// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ParallelForTest {

  private final ParallelFor loop = new ParallelFor(3);

  /** Threads become idle some time after they were started or have finished a loop. */
  @Before
  public void waitUntilAllAreIdle() throws Exception {
    while (Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("crossencoder-helper-"))
        .anyMatch(thread -> !isIdle(thread.getKey().getState(), thread.getValue()))) {
      Thread.sleep(1);
    }
  }

  /** Whether the thread waits for a task. */
  private static boolean isIdle(Thread.State state, StackTraceElement[] stack) {
    return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
        && Arrays.stream(stack)
            .anyMatch(at -> at.getClassName().startsWith(SynchronousQueue.class.getName()));
  }

  @After
  public void close() {
    loop.close();
  }

  @Test
  public void everyNumberHasItsTurnOnce() {
    for (int count : new int[] {0, 1, 3, 4, 8, 50, 1000}) {
      AtomicIntegerArray turns = new AtomicIntegerArray(count);
      loop.forEach(count, turns::incrementAndGet);
      for (int i = 0; i < count; i++) {
        assertEquals(count + ", " + i, 1, turns.get(i));
      }
    }
  }

  @Test(timeout = 300_000)
  public void allThreadsAreAtItAtOnce() {
    CountDownLatch together = new CountDownLatch(3);
    loop.forEach(
        12,
        number -> {
          together.countDown();
          waitFor(together);
        });
    assertEquals(0, together.getCount());
  }

  @Test(timeout = 300_000)
  public void whereNoThreadIsIdleTheCallerDoesItAlone() throws Exception {
    CountDownLatch busy = new CountDownLatch(3);
    CountDownLatch end = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                loop.forEach(
                    12,
                    number -> {
                      busy.countDown();
                      waitFor(end);
                    }));
    other.start();
    busy.await();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    loop.forEach(50, number -> threads.add(Thread.currentThread()));
    assertEquals(Set.of(Thread.currentThread()), threads);
    end.countDown();
    other.join();
  }

  @Test
  public void whatTheBodyThrowsIsThrownAndTheRestIsLeft() {
    AtomicIntegerArray turns = new AtomicIntegerArray(10_000);
    IllegalStateException thrown = new IllegalStateException("the tokenizer is closed");
    IllegalStateException caught =
        assertThrows(
            IllegalStateException.class,
            () ->
                loop.forEach(
                    turns.length(),
                    number -> {
                      turns.incrementAndGet(number);
                      throw thrown;
                    }));
    assertSame(thrown, caught);
    int called = 0;
    for (int i = 0; i < turns.length(); i++) {
      called += turns.get(i);
    }
    assertTrue(called + " calls", called <= 3);
  }

  @Test
  public void afterItsCloseTheCallerDoesItAlone() {
    loop.close();
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    loop.forEach(50, number -> threads.add(Thread.currentThread()));
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
