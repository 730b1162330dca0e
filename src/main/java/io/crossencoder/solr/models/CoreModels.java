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
import org.apache.solr.core.CoreContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of one core: those of its model store and the installed ones. If both have a model
 * with the same name, the model of the store is used, because it is the same on every node.
 * Thread-safe.
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
   * @param node directory of the installed models
   * @param named models in {@code solrconfig.xml}; empty: all installed models
   * @param store model store of the core; closed with this object
   * @return the models of the core
   * @throws SolrException if a model cannot be loaded, with the file and the reason, or a JAR or
   *     native library cannot be used
   */
  public static CoreModels load(
      CoreContainer node, Optional<List<ModelEntry>> named, ModelStore store) {
    ModelFolder folder = new ModelFolder(node);
    CoreModels models = new CoreModels(store);
    try {
      for (ModelEntry entry : named.orElseGet(folder::installed)) {
        if (store.loaded().contains(entry.name())) {
          log.warn(
              "model {} of the model store hides the installed model of this name", entry.name());
          models.hidden.add(entry.name());
        } else {
          models.installed.put(entry.name(), folder.open(entry));
        }
      }
      return models;
    } catch (ModelLoadException | InstallationException e) {
      models.close();
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: cannot load a model: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      models.close();
      throw e;
    }
  }

  /**
   * Finds a model and keeps it loaded until the request of this thread ends.
   *
   * @param name name of the model
   * @return empty if the model is not loaded
   */
  public Optional<CrossEncoder> find(String name) {
    return store.find(name).or(() -> Optional.ofNullable(installed.get(name)));
  }

  /**
   * Keeps a model loaded until the request of this thread ends, even if it is removed from the
   * store.
   *
   * @param model a result of {@link #find}, possibly of an earlier request
   * @return whether the model is still loaded
   */
  public static boolean hold(CrossEncoder model) {
    return !(model instanceof StoreModel leased) || leased.hold();
  }

  /**
   * Checks that the core has a model. A model of the store can then not be deleted.
   *
   * @param name name of the model in {@code solrconfig.xml}
   * @throws SolrException if the model does not exist
   */
  public void need(String name) {
    if (!names().contains(name)) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "solrconfig.xml, queryParser crossencoder: model '"
              + name
              + "' not found; "
              + describe());
    }
    if (!installed.containsKey(name) && !hidden.contains(name)) {
      store.keep(name);
    }
  }

  /** {@return the installed model, if there is exactly one} */
  public Optional<String> onlyInstalled() {
    List<String> names = Stream.concat(installed.keySet().stream(), hidden.stream()).toList();
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
  }

  /** {@return the names of all models, sorted} */
  public List<String> names() {
    return Stream.concat(installed.keySet().stream(), store.loaded().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The available models, for error messages.
   *
   * @return names without paths, because users of the search can read them
   */
  public String describe() {
    String here =
        installed.isEmpty()
            ? "no model is installed in SOLR_HOME/models"
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
