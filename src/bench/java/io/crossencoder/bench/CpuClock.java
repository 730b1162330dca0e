// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.Optional;

/** CPU time of this process, including the threads of native libraries. */
final class CpuClock {

  /** The C library, because the clock of the JDK has a resolution of only 10 ms. */
  interface C extends Library {
    int clock_gettime(int clock, long[] timespec);

    int getrusage(int who, long[] usage);
  }

  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final int RUSAGE_SELF = 0;

  /** The number of longs in a {@code struct rusage}. */
  private static final int RUSAGE = 18;

  private static final Optional<C> LINUX =
      Platform.isLinux() && Platform.is64Bit()
          ? Optional.of(Native.load("c", C.class))
          : Optional.empty();

  private CpuClock() {}

  static long nanos() {
    long[] timespec = new long[2];
    if (LINUX.isPresent() && LINUX.get().clock_gettime(CLOCK_PROCESS_CPUTIME_ID, timespec) == 0) {
      return timespec[0] * 1_000_000_000L + timespec[1];
    }
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /**
   * The part of the CPU time that the kernel used, for example to allocate memory; 0 if it is
   * unknown. The clock counts ticks, so only long measurements are meaningful.
   */
  static long systemNanos() {
    long[] usage = new long[RUSAGE];
    if (LINUX.isPresent() && LINUX.get().getrusage(RUSAGE_SELF, usage) == 0) {
      return usage[2] * 1_000_000_000L + usage[3] * 1_000L;
    }
    return 0;
  }
}
