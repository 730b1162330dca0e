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
   * @param node where they lie
   * @param named those that solrconfig names; none: all of the folder
   * @param store the other models of the core, closed with these
   * @return all that the core may name
   * @throws SolrException if one cannot be loaded: the file and the reason, or which jar or native
   *     library is not as it has to be
   */
  public static CoreModels load(
      CoreContainer node, Optional<List<ModelEntry>> named, ModelStore store) {
    ModelFolder folder = new ModelFolder(node);
    CoreModels models = new CoreModels(store);
    try {
      for (ModelEntry entry : named.orElseGet(folder::installed)) {
        if (store.loaded().contains(entry.name())) {
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

  /**
   * A model, kept for the request of this thread.
   *
   * @param name what requests call it
   * @return none if it is not loaded
   */
  public Optional<CrossEncoder> find(String name) {
    return store.find(name).or(() -> Optional.ofNullable(installed.get(name)));
  }

  /**
   * Keeps a model for the request of this thread, which may outlive its place in the store.
   *
   * @param model one that {@link #find} gave, maybe to an earlier request
   * @return whether it is still there
   */
  public static boolean hold(CrossEncoder model) {
    return !(model instanceof LeasedModel leased) || leased.hold();
  }

  /**
   * Makes sure that the core has a model, and keeps it if it is the store that has it.
   *
   * @param name what solrconfig calls it
   * @throws SolrException if it is not there
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

  /** {@return the names of all there are, sorted} */
  public List<String> names() {
    return Stream.concat(installed.keySet().stream(), store.loaded().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * For error messages: what could have been named.
   *
   * @return names and no path, for users of the search may read it
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
