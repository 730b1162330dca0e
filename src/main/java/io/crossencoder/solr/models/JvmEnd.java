// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.engine.ModelRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Ends running requests with the scores so far when the JVM receives a signal to stop, such as
 * SIGTERM. Solr closes the registry only after the web server has given up waiting for requests,
 * and their responses would be lost.
 */
final class JvmEnd {

  private static final Set<ModelRegistry> WATCHED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(JvmEnd::endRequests, "crossencoder-end"));
  }

  private JvmEnd() {}

  /** Watches a registry until it is garbage collected. */
  static ModelRegistry watch(ModelRegistry registry) {
    WATCHED.add(registry);
    return registry;
  }

  private static void endRequests() {
    List.copyOf(WATCHED).forEach(ModelRegistry::endRequests);
  }
}
