// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.InstallationException;
import io.crossencoder.model.ModelLoadException;
import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that one core may name: those of its model store, and installed ones. Of two with the
 * same name the one of the store counts, for it is the same on every node.
 */
public final class CoreModels implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final ModelStore store;
  private final SortedMap<String, CrossEncoder> installed = new TreeMap<>();
  private final Set<String> hidden = new HashSet<>();

  private CoreModels(ModelStore store) {
    this.store = store;
  }

  /**
   * Loads the installed models.
   *
   * @param named those that solrconfig names; none: all of the folder
   * @throws SolrException if one cannot be loaded: the file and the reason, or which jar or native
   *     library is not as it has to be
   */
  public static CoreModels load(
      ModelFolder folder, Optional<List<ModelEntry>> named, ModelStore store) {
    CoreModels models = new CoreModels(store);
    try {
      for (ModelEntry entry : named.orElseGet(folder::installed)) {
        if (store.find(entry.name()).isPresent()) {
          log.warn("the model {} of the model store hides the installed one", entry.name());
          models.hidden.add(entry.name());
        } else {
          models.installed.put(entry.name(), folder.open(entry));
        }
      }
      return models;
    } catch (ModelLoadException | InstallationException e) {
      models.close();
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: a model cannot be loaded: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      models.close();
      throw e;
    }
  }

  /** The model of this name, if it is loaded. */
  public Optional<CrossEncoder> find(String name) {
    return store.find(name).or(() -> Optional.ofNullable(installed.get(name)));
  }

  /** Makes sure that the core has this model, and keeps it if it is the store that has it. */
  public void need(String name) {
    if (find(name).isEmpty()) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "solrconfig, queryParser crossencoder: the model "
              + name
              + " is not there; "
              + describe());
    }
    if (!installed.containsKey(name) && !hidden.contains(name)) {
      store.keep(name);
    }
  }

  /** All there are, sorted. */
  public List<String> names() {
    return Stream.concat(installed.keySet().stream(), store.loaded().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** For error messages: what could have been named. No path: users of the search may read it. */
  public String describe() {
    String here =
        installed.isEmpty()
            ? "no model is installed in <solr home>/models"
            : "installed: " + String.join(", ", installed.keySet());
    List<String> stored = store.loaded();
    return stored.isEmpty() ? here : here + "; in the model store: " + String.join(", ", stored);
  }

  @Override
  public void close() {
    installed.values().forEach(CrossEncoder::close);
    installed.clear();
    store.close();
  }
}
