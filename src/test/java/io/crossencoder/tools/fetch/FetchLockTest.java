// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class FetchLockTest {
  private static final int FETCHES = 4;
  private static final int ROUNDS = 1500;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  @SuppressWarnings("try") // The lock is held, and nothing is done with it.
  public void atMostOneOfManyFetchesHoldsTheLock() throws Exception {
    Path directory = folder.getRoot().toPath();
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(FETCHES);
    List<Future<?>> fetches = new ArrayList<>();
    for (int i = 0; i < FETCHES; i++) {
      fetches.add(
          threads.submit(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  try (FetchLock lock = FetchLock.take(directory, "model")) {
                    most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                    taken.incrementAndGet();
                    holders.decrementAndGet();
                  } catch (CommandException e) {
                    assertTrue(e.getMessage(), e.getMessage().startsWith("another download of"));
                  }
                }
                return null;
              }));
    }
    for (Future<?> fetch : fetches) {
      fetch.get();
    }
    threads.shutdown();
    assertTrue("taken " + taken, taken.get() > 0);
    assertEquals("fetches that held the lock at once", 1, most.get());
    assertArrayEquals("what is left behind", new String[0], folder.getRoot().list());
  }

  @Test
  @SuppressWarnings("try") // As above.
  public void aLockWhoseFileSomebodyReplacedIsNotTakenAwayFromItsHolder() throws Exception {
    Path directory = folder.getRoot().toPath();
    FetchLock first = FetchLock.take(directory, "model");
    Files.delete(directory.resolve(".model.lock"));
    try (FetchLock second = FetchLock.take(directory, "model")) {
      first.close();
      assertThrows(CommandException.class, () -> FetchLock.take(directory, "model"));
    }
    FetchLock.take(directory, "model").close();
  }
}
