// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress of reading a file. Used and closed by one thread. */
public interface Progress extends AutoCloseable {
  /** No output. */
  Progress NONE =
      new Progress() {
        @Override
        public void at(long bytes, long records) {}

        @Override
        public void close() {}
      };

  /**
   * Updates the progress.
   *
   * @param bytes bytes of the file that were read, not of its unpacked content, whose size is
   *     unknown
   * @param records records that were read; always 0 if they are not counted
   */
  void at(long bytes, long records);

  @Override
  void close();

  /**
   * A progress bar on a terminal; otherwise a line every few seconds, so that a log stays readable.
   *
   * @param name name for the bar
   * @param size bytes of the file
   * @param terminal determines the kind of output and the width
   * @param err output for lines; a bar is written to standard error
   * @return visible until it is closed
   */
  static Progress of(String name, long size, Terminal terminal, PrintWriter err) {
    return of(name, 0, size, terminal, err);
  }

  /**
   * The progress of a file that is partially present.
   *
   * @param name name for the bar
   * @param from bytes that are already present; ignored in the rate
   * @param size bytes of the whole file; -1 if unknown
   * @param terminal determines the kind of output and the width
   * @param err output for lines; a bar is written to standard error
   * @return visible until it is closed
   */
  static Progress of(String name, long from, long size, Terminal terminal, PrintWriter err) {
    return terminal.interactive()
        ? new Bar(name, from, size, terminal.width())
        : new Lines(from, size, err, System::nanoTime);
  }

  /** A bar with rate and remaining time, redrawn on standard error. */
  final class Bar implements Progress {
    private static final long MEGABYTE = 1_000_000;

    private final ProgressBar bar;

    Bar(String name, long from, long size, int width) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(size)
              .startsFrom(from, Duration.ZERO)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUnit(" MB", MEGABYTE)
              .setUpdateIntervalMillis(200)
              .setMaxRenderedLength(width)
              .showSpeed()
              .build();
    }

    @Override
    public void at(long bytes, long records) {
      bar.stepTo(bytes);
      if (records > 0) {
        bar.setExtraMessage(String.format(Locale.ROOT, " %,d records", records));
      }
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line every five seconds. */
  final class Lines implements Progress {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final long from;
    private final long size;
    private final PrintWriter out;
    private final LongSupplier nanos;
    private final long start;
    private long last;

    Lines(long from, long size, PrintWriter out, LongSupplier nanos) {
      this.from = from;
      this.size = size;
      this.out = out;
      this.nanos = nanos;
      start = nanos.getAsLong();
      last = start;
    }

    @Override
    public void at(long bytes, long records) {
      long now = nanos.getAsLong();
      if (now - last < PAUSE) {
        return;
      }
      last = now;
      double seconds = (now - start) / 1e9;
      if (records > 0) {
        out.printf(
            Locale.ROOT,
            "%,d records, %.0f %% of the file, %,.0f records/s, %,.0f s left%n",
            records,
            100.0 * bytes / size,
            records / seconds,
            secondsLeft(bytes, seconds));
      } else if (size > 0) {
        out.printf(
            Locale.ROOT,
            "%,.1f MB, %.0f %% of the file, %,.1f MB/s, %,.0f s left%n",
            bytes / 1e6,
            100.0 * bytes / size,
            (bytes - from) / 1e6 / seconds,
            secondsLeft(bytes, seconds));
      } else {
        out.printf(
            Locale.ROOT, "%,.1f MB, %,.1f MB/s%n", bytes / 1e6, (bytes - from) / 1e6 / seconds);
      }
      out.flush();
    }

    private double secondsLeft(long bytes, double seconds) {
      return seconds * (size - bytes) / Math.max(1, bytes - from);
    }

    @Override
    public void close() {}
  }
}
