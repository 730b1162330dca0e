// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.model.ModelRegistry;
import io.crossencoder.model.ModelRegistry.Settings;
import io.crossencoder.model.NativeLibraries;
import java.nio.file.Path;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.CoreContainer;

/**
 * The registry of a Solr node, shared by its cores and closed with it.
 *
 * <p>System properties decide its size, for it belongs to no core: {@code
 * solr.crossencoder.threads} (default: the cores of the machine), {@code solr.crossencoder.queue}
 * (pairs that may wait, 4000) and {@code solr.crossencoder.cacheMB} (memory for scores, 64; 0
 * switches the cache off). {@code solr.crossencoder.nativeDir} says where the native libraries are
 * unpacked to (default: {@code crossencoder-native} in the Solr home).
 */
final class NodeRegistry {

  static final String THREADS = "solr.crossencoder.threads";
  static final String QUEUE = "solr.crossencoder.queue";
  static final String CACHE_MB = "solr.crossencoder.cacheMB";
  static final String NATIVE_DIR = "solr.crossencoder.nativeDir";

  /** Below the Solr home, where a node may write, and where no other user may. */
  private static final String NATIVE_DIR_DEFAULT = "crossencoder-native";

  private NodeRegistry() {}

  static ModelRegistry of(CoreContainer node) {
    NodeFigures figures = NodeFigures.of(node);
    NativeLibraries.unpackInto(nativeDirectory(node));
    // Solr's object cache lives as long as the node and closes what it holds.
    return node.getObjectCache()
        .computeIfAbsent(
            ModelRegistry.class.getName(),
            ModelRegistry.class,
            key -> new ModelRegistry(settings(), figures));
  }

  private static Path nativeDirectory(CoreContainer node) {
    String named = System.getProperty(NATIVE_DIR);
    return named == null
        ? node.getConfig().getSolrHome().resolve(NATIVE_DIR_DEFAULT)
        : Path.of(named);
  }

  private static Settings settings() {
    Settings defaults = Settings.defaults();
    long cacheMegabytes = number(CACHE_MB, 0, defaults.cacheBytes() >> 20);
    return new Settings(
        (int) number(THREADS, 1, defaults.threads()),
        (int) number(QUEUE, 1, defaults.maxQueuedPairs()),
        cacheMegabytes << 20);
  }

  private static long number(String property, int least, long fallback) {
    String value = System.getProperty(property);
    if (value == null) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value.trim());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw new SolrException(
        ErrorCode.SERVER_ERROR,
        "system property " + property + "=" + value + ": a whole number from " + least);
  }
}
