// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.engine.ModelRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Ends running requests with what is scored when the JVM is told to stop, as by SIGTERM. Solr
 * closes the registry only when the web server no longer waits for requests; their answers would be
 * lost.
 */
final class JvmEnd {

  private static final Set<ModelRegistry> WATCHED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(JvmEnd::endRequests, "crossencoder-end"));
  }

  private JvmEnd() {}

  /** Until nobody has it any more. */
  static ModelRegistry watch(ModelRegistry registry) {
    WATCHED.add(registry);
    return registry;
  }

  private static void endRequests() {
    List.copyOf(WATCHED).forEach(ModelRegistry::endRequests);
  }
}
