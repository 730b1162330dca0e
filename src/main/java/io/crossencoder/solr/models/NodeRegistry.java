// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.engine.natives.NativeLibraries;
import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.core.CoreContainer;

/**
 * The model registry of a Solr node, shared by its cores and closed with the node. Its settings are
 * system properties, because it does not belong to a core.
 */
public final class NodeRegistry {

  /** Below the Solr home directory, where Solr can write and other users cannot. */
  private static final String NATIVE_DIR_DEFAULT = "crossencoder-native";

  private static final Settings DEFAULTS = Settings.defaults();

  /** Number of workers. */
  public static final Option<Integer> THREADS =
      Option.open(
          "solr.crossencoder.threads",
          Values.wholeNumber(1, Integer.MAX_VALUE),
          "number of CPUs that the JVM sees",
          "Worker threads of the node. They run the models of all cores.");

  /** Size of the queue. */
  public static final Option<Integer> QUEUE =
      new Option<>(
          "solr.crossencoder.queue",
          Values.wholeNumber(1, Integer.MAX_VALUE),
          DEFAULTS.maxQueuedPairs(),
          "Maximum number of pairs that wait for a worker. If the queue is full, a request ends as"
              + " `overloaded`.");

  private static final Option<Integer> CACHE_MB =
      new Option<>(
          "solr.crossencoder.cacheMB",
          Values.wholeNumber(0, Integer.MAX_VALUE),
          (int) (DEFAULTS.cacheBytes() >> 20),
          "Memory of the score cache in megabytes. 0 disables the cache.");

  private static final Option<String> NATIVE_DIR =
      Option.open(
          "solr.crossencoder.nativeDir",
          Values.text("directory with write permission for Solr"),
          "`SOLR_HOME/" + NATIVE_DIR_DEFAULT + "`",
          "Directory for the unpacked native libraries.");

  /** The system properties of a node. */
  public static final List<Option<?>> OPTIONS = List.of(THREADS, QUEUE, CACHE_MB, NATIVE_DIR);

  private NodeRegistry() {}

  /**
   * The registry of a node, created at the first call.
   *
   * @param node node that closes the registry
   * @return the same object at each call
   */
  public static ModelRegistry of(CoreContainer node) {
    NodeMetrics metrics = NodeMetrics.of(node);
    NativeLibraries.unpackInto(nativeDirectory(node));
    // Solr's object cache closes its entries with the node.
    return node.getObjectCache()
        .computeIfAbsent(
            ModelRegistry.class.getName(),
            ModelRegistry.class,
            key -> JvmEnd.watch(new ModelRegistry(settings(), metrics)));
  }

  private static Path nativeDirectory(CoreContainer node) {
    String named = System.getProperty(NATIVE_DIR.key());
    return named == null
        ? node.getConfig().getSolrHome().resolve(NATIVE_DIR_DEFAULT)
        : Path.of(named);
  }

  private static Settings settings() {
    return new Settings(
        number(THREADS).orElse(DEFAULTS.threads()),
        number(QUEUE).orElse(DEFAULTS.maxQueuedPairs()),
        number(CACHE_MB).map(megabytes -> (long) megabytes << 20).orElse(DEFAULTS.cacheBytes()));
  }

  private static Optional<Integer> number(Option<Integer> property) {
    return Optional.ofNullable(System.getProperty(property.key()))
        .map(
            value ->
                property
                    .values()
                    .read()
                    .apply(value)
                    .orElseThrow(
                        () ->
                            new SolrException(
                                ErrorCode.SERVER_ERROR,
                                "system property "
                                    + property.key()
                                    + "="
                                    + value
                                    + ": must be "
                                    + property.values().words())));
  }
}
