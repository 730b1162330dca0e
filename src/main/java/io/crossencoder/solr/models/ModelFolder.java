// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.engine.files.ModelFiles;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.InstallationException;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.solr.metrics.NodeMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.core.CoreContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model directories of a node: below {@code SOLR_HOME/models} and where allowPaths permits. */
final class ModelFolder {

  private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);

  /**
   * Directories with a warning in the log, so that it is logged once per JVM and not at every
   * reload.
   */
  private static final Set<Path> WARNED = ConcurrentHashMap.newKeySet();

  private final CoreContainer node;
  private final Path models;

  ModelFolder(CoreContainer node) {
    this.node = node;
    this.models = node.getResourceLoader().getInstancePath().resolve("models").normalize();
  }

  /** The installed models. */
  List<ModelEntry> installed() {
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(models)) {
      return entries
          .filter(entry -> Files.isDirectory(entry))
          .map(entry -> entry.getFileName().toString())
          // A model that is being copied can have a name with a dot.
          .filter(name -> !name.startsWith("."))
          .filter(this::isModel)
          .sorted()
          .map(ModelEntry::installed)
          .toList();
    } catch (IOException e) {
      throw new ModelLoadException(models, "cannot be listed: " + e.getMessage(), e);
    }
  }

  /** Other directories, such as lost+found, are ignored. */
  private boolean isModel(String name) {
    Path directory = models.resolve(name);
    boolean isModel =
        Files.isReadable(directory)
            && (Files.exists(directory.resolve("config.json")) || ModelFiles.hasGraph(directory));
    if (!isModel && WARNED.add(directory)) {
      LOG.warn(
          "{} is not a model: it has no config.json and no ONNX file, or cannot be read",
          directory);
    }
    return isModel;
  }

  /** Whether another model with this name is installed. */
  boolean hasAnother(ModelEntry entry) {
    return !entry.equals(ModelEntry.installed(entry.name()))
        && installed().contains(ModelEntry.installed(entry.name()));
  }

  /**
   * Opens a model.
   *
   * @throws ModelLoadException with the file and the reason
   */
  CrossEncoder open(ModelEntry entry) {
    try {
      return NodeRegistry.of(node).open(entry.name(), directoryOf(entry), entry.options());
    } catch (ModelLoadException | InstallationException e) {
      // The caller reports the details: the core does not load, or the model store returns an
      // error.
      String what = "cannot load model '" + entry.name() + "'";
      NodeMetrics.of(node).failures().remember(what, e);
      throw e;
    }
  }

  /** Opens all models, or none if one of them fails. */
  SortedMap<String, StoreModel> open(Collection<ModelEntry> entries) {
    SortedMap<String, StoreModel> opened = new TreeMap<>();
    try {
      for (ModelEntry entry : entries) {
        opened.put(entry.name(), new StoreModel(entry, open(entry)));
      }
      return opened;
    } catch (RuntimeException | Error e) {
      opened.values().forEach(StoreModel::close);
      throw e;
    }
  }

  /** Only {@code solrconfig.xml} and the model store can contain a path; requests cannot. */
  private Path directoryOf(ModelEntry entry) {
    Path asked = Path.of(entry.path().orElse(entry.name()));
    Path model = models.resolve(asked).normalize();
    if (asked.isAbsolute()) {
      try {
        node.assertPathAllowed(model);
      } catch (SolrException e) {
        throw new ModelLoadException(model, e.getMessage(), e);
      }
    } else if (!model.startsWith(models) || model.equals(models)) {
      throw new ModelLoadException(model, "is outside " + models);
    }
    if (!Files.isDirectory(model)) {
      throw new ModelLoadException(model, "is not a directory");
    }
    return model;
  }

  /** The node name for messages in SolrCloud, because each node has its own files. */
  String node() {
    return node.isZooKeeperAware() ? "node " + node.getZkController().getNodeName() + ": " : "";
  }
}
