// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.Optional;

/** CPU time of this process, the threads of native libraries included. */
final class CpuClock {

  /** The C library: the JDK's own clock ticks every 10 ms only. */
  interface C extends Library {
    int clock_gettime(int clock, long[] timespec);

    int getrusage(int who, long[] usage);
  }

  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final int RUSAGE_SELF = 0;

  /** Longs of a struct rusage. */
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
   * What of it the kernel took, for example to hand out memory; 0 where it cannot be known. Ticks,
   * so only long measurements mean something.
   */
  static long systemNanos() {
    long[] usage = new long[RUSAGE];
    if (LINUX.isPresent() && LINUX.get().getrusage(RUSAGE_SELF, usage) == 0) {
      return usage[2] * 1_000_000_000L + usage[3] * 1_000L;
    }
    return 0;
  }
}
