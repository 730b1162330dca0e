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
 * Reads from a stream with a timeout, because java.net.http has no timeout for bodies. Another
 * thread closes the stream to end a blocked read.
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
    // Exceptions of a late close do not matter and would stop the schedule.
    var unused = clock.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (System.nanoTime() - lastNanos > patience.toNanos()) {
      stalled = true;
      try {
        in.close();
      } catch (IOException e) {
        // The reading thread gets the exception.
      }
    }
  }

  /** Like {@link InputStream#read(byte[])}, but throws if no data arrives within the timeout. */
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
    return new HttpTimeoutException("no data received for " + patience.toSeconds() + " s");
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    in.close();
  }
}
