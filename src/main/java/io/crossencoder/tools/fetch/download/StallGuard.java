// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads from a stream that may fall silent: java.net.http knows no timeout for a body. Closing it
 * from beside ends the read that waits.
 */
final class StallGuard implements AutoCloseable {
  private final InputStream in;
  private final Duration patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stall-guard");
            thread.setDaemon(true);
            return thread;
          });

  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration patience) {
    this.in = in;
    this.patience = patience;
    long tick = Math.max(1, patience.toMillis() / 4);
    // Exceptions of a close that comes too late are of no interest, and would only end the ticks.
    var unused = clock.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (System.nanoTime() - lastNanos > patience.toNanos()) {
      stalled = true;
      try {
        in.close();
      } catch (IOException e) {
        // The reader finds out by itself.
      }
    }
  }

  /** As {@link InputStream#read(byte[])}, but it throws when nothing comes for too long. */
  int read(byte[] block) throws IOException {
    lastNanos = System.nanoTime();
    int read;
    try {
      read = in.read(block);
    } catch (IOException e) {
      throw stalled ? silence() : e;
    }
    if (stalled && read < 0) {
      throw silence();
    }
    return read;
  }

  private IOException silence() {
    return new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    in.close();
  }
}
