// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.InstallationException;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/** The models that one core may name: directories below {@code <solr home>/models}. */
final class InstalledModels implements AutoCloseable {

  private final Path directory;
  private final SortedMap<String, CrossEncoder> byName = new TreeMap<>();

  private InstalledModels(Path directory) {
    this.directory = directory;
  }

  /**
   * Loads the models.
   *
   * @param options by name of the model; if empty, every directory is loaded as it is
   * @throws SolrException if one cannot be loaded: the file and the reason, or which jar or native
   *     library is not as it has to be
   */
  static InstalledModels load(
      Path directory, Map<String, ModelOptions> options, ModelRegistry registry) {
    InstalledModels models = new InstalledModels(directory);
    try {
      Map<String, ModelOptions> wanted = options.isEmpty() ? all(directory) : options;
      wanted.forEach(
          (name, decided) ->
              models.byName.put(name, registry.open(models.directoryOf(name), decided)));
      return models;
    } catch (ModelLoadException | InstallationException e) {
      models.close();
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: a model cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static Map<String, ModelOptions> all(Path directory) {
    Map<String, ModelOptions> all = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> entries = Files.list(directory)) {
        entries
            .filter(entry -> Files.isDirectory(entry))
            .map(entry -> entry.getFileName().toString())
            // One that is still being copied can hide behind a dot.
            .filter(name -> !name.startsWith("."))
            .forEach(name -> all.put(name, ModelOptions.DEFAULTS));
      } catch (IOException e) {
        throw new ModelLoadException(directory, "cannot be listed: " + e.getMessage(), e);
      }
    }
    return all;
  }

  private Path directoryOf(String name) {
    Path model = directory.resolve(name).normalize();
    // Only solrconfig names models here, but a name is a name there too, and never a path.
    if (!model.getParent().equals(directory.normalize()) || !Files.isDirectory(model)) {
      throw new ModelLoadException(model, "is no directory below " + directory);
    }
    return model;
  }

  /** The model of this name, if it is loaded. */
  Optional<CrossEncoder> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All there are, sorted. */
  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** For error messages: what could have been named. No path: users of the search may read it. */
  String describe() {
    return byName.isEmpty()
        ? "no model is installed in <solr home>/models"
        : "installed: " + String.join(", ", byName.keySet());
  }

  @Override
  public void close() {
    byName.values().forEach(CrossEncoder::close);
    byName.clear();
  }
}
