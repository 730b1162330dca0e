// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.engine.natives.NativeLibraries;
import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.options.Option;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.CoreContainer;

/**
 * The registry of a Solr node, shared by its cores and closed with it. System properties decide its
 * size, for it belongs to no core.
 */
public final class NodeRegistry {

  /** Below the Solr home, where a node may write, and where no other user may. */
  private static final String NATIVE_DIR_DEFAULT = "crossencoder-native";

  private static final Settings DEFAULTS = Settings.defaults();

  public static final Option THREADS =
      new Option(
          "solr.crossencoder.threads",
          "the CPUs that the JVM sees",
          "a whole number from 1",
          "Workers of the node, which run the models of all its cores.");

  public static final Option QUEUE =
      new Option(
          "solr.crossencoder.queue",
          "" + DEFAULTS.maxQueuedPairs(),
          "a whole number from 1",
          "Pairs that may wait for a worker; a request that finds it full is `overloaded`.");

  private static final Option CACHE_MB =
      new Option(
          "solr.crossencoder.cacheMB",
          "" + (DEFAULTS.cacheBytes() >> 20),
          "a whole number from 0",
          "Memory of the score cache, in megabytes; 0 switches it off.");

  private static final Option NATIVE_DIR =
      new Option(
          "solr.crossencoder.nativeDir",
          "`<solr home>/" + NATIVE_DIR_DEFAULT + "`",
          "a directory that Solr can write into",
          "Where the native libraries are unpacked.");

  /** The system properties of a node. */
  public static final List<Option> OPTIONS = List.of(THREADS, QUEUE, CACHE_MB, NATIVE_DIR);

  private NodeRegistry() {}

  public static ModelRegistry of(CoreContainer node) {
    NodeMetrics metrics = NodeMetrics.of(node);
    NativeLibraries.unpackInto(nativeDirectory(node));
    // Solr's object cache lives as long as the node and closes what it holds.
    return node.getObjectCache()
        .computeIfAbsent(
            ModelRegistry.class.getName(),
            ModelRegistry.class,
            key -> new ModelRegistry(settings(), metrics));
  }

  private static Path nativeDirectory(CoreContainer node) {
    String named = System.getProperty(NATIVE_DIR.key());
    return named == null
        ? node.getConfig().getSolrHome().resolve(NATIVE_DIR_DEFAULT)
        : Path.of(named);
  }

  private static Settings settings() {
    long cacheMegabytes = number(CACHE_MB, 0, DEFAULTS.cacheBytes() >> 20);
    return new Settings(
        (int) number(THREADS, 1, DEFAULTS.threads()),
        (int) number(QUEUE, 1, DEFAULTS.maxQueuedPairs()),
        cacheMegabytes << 20);
  }

  private static long number(Option property, int least, long fallback) {
    String value = System.getProperty(property.key());
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
        "system property " + property.key() + "=" + value + ": a whole number from " + least);
  }
}
