// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Solr's security manager, which also prints connections, host name lookups and executed programs
 * with their call site.
 */
@SuppressWarnings("removal")
public final class ConnectionRecorder extends SecurityManager {

  @Override
  public void checkConnect(String host, int port) {
    // Port -1: a host name lookup.
    record("CONNECT " + host + ":" + port);
    super.checkConnect(host, port);
  }

  @Override
  public void checkExec(String command) {
    record("EXEC " + command);
    super.checkExec(command);
  }

  private static void record(String what) {
    System.err.println(
        what
            + Arrays.stream(new Throwable().getStackTrace())
                .skip(2)
                .map(frame -> " < " + frame.getClassName() + "." + frame.getMethodName())
                .collect(Collectors.joining()));
  }
}
