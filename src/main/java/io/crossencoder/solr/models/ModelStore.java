// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.InstallationException;
import io.crossencoder.model.ModelLoadException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrResourceLoader;
import org.apache.solr.handler.SolrConfigHandler;
import org.apache.solr.rest.BaseSolrResource;
import org.apache.solr.rest.ManagedResource;
import org.apache.solr.rest.ManagedResourceObserver;
import org.apache.solr.rest.ManagedResourceStorage.InMemoryStorageIO;
import org.apache.solr.rest.ManagedResourceStorage.StorageIO;

/**
 * The model store, {@code /schema/cross-encoder-model-store}: what the models of a configset are.
 * It keeps names and options only; the files lie on the nodes.
 *
 * <p>Kept in the configset. A change counts at once in the core that was asked, and in the others,
 * here and on other nodes, when they are reloaded. Solr makes it, one a core.
 */
public abstract class ModelStore extends ManagedResource
    implements ManagedResource.ChildResourceSupport, Closeable {

  static final String ENDPOINT = "/schema/cross-encoder-model-store";

  /** By the core's loader: Solr gives a store only to the first parser that observes it. */
  private static final Map<SolrResourceLoader, ModelStore> OPEN = new ConcurrentHashMap<>();

  private record Model(ModelEntry entry, CrossEncoder encoder) {}

  private final ModelFolder folder;
  private final Set<String> needed = new HashSet<>();

  /** What requests that are still under way may use: freed with the core. */
  private final List<CrossEncoder> retired = new ArrayList<>();

  private volatile SortedMap<String, Model> models = new TreeMap<>();

  /**
   * Called by Solr, by reflection, with what every managed resource is made of.
   *
   * @param resourceId the path it is asked for at; at another than its own it stays empty
   * @param loader the core's
   * @param storageIO where the configset keeps it: a file, or ZooKeeper
   */
  protected ModelStore(String resourceId, SolrResourceLoader loader, StorageIO storageIO) {
    super(resourceId, loader, storageIO);
    folder = new ModelFolder(loader.getCoreContainer());
  }

  /** The store of the core that starts with this loader; the one who asks has to close it. */
  public static ModelStore of(
      SolrResourceLoader core,
      ManagedResourceObserver observer,
      Class<? extends ModelStore> store) {
    core.getManagedResourceRegistry().registerManagedResource(ENDPOINT, store, observer);
    return OPEN.get(core);
  }

  @Override
  protected void onManagedDataLoadedFromStorage(NamedList<?> initArgs, Object data) {
    if (!getResourceId().equals(ENDPOINT)) {
      // Solr makes one at any path that somebody names: there it is empty, for nobody closes it.
      return;
    }
    try {
      models = open(StoredModels.ofStorage(data).values());
    } catch (ModelLoadException | InstallationException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "crossencoder: a model of the model store cannot be loaded: "
              + folder.node()
              + e.getMessage(),
          e);
    }
    OPEN.put(solrResourceLoader, this);
  }

  private SortedMap<String, Model> open(Collection<ModelEntry> entries) {
    SortedMap<String, Model> opened = new TreeMap<>();
    try {
      for (ModelEntry entry : entries) {
        opened.put(entry.name(), new Model(entry, folder.open(entry)));
      }
      return opened;
    } catch (RuntimeException | Error e) {
      opened.values().forEach(model -> model.encoder().close());
      throw e;
    }
  }

  /** The model of this name, if this core has loaded it. */
  Optional<CrossEncoder> find(String name) {
    return Optional.ofNullable(models.get(name)).map(Model::encoder);
  }

  /** The names of those that this core has loaded. */
  List<String> loaded() {
    return List.copyOf(models.keySet());
  }

  /** Solrconfig names this model: the core could not start without it. */
  synchronized void keep(String name) {
    needed.add(name);
  }

  @Override
  public void doGet(BaseSolrResource endpoint, String name) {
    SortedMap<String, ModelEntry> stored = read();
    List<ModelEntry> asked =
        name == null ? List.copyOf(stored.values()) : List.of(StoredModels.get(stored, name));
    endpoint.getSolrResponse().add("models", StoredModels.toJson(asked));
    List<String> waiting = asked.stream().filter(this::waits).map(ModelEntry::name).toList();
    if (!waiting.isEmpty()) {
      endpoint.getSolrResponse().add("awaitReload", waiting);
    }
  }

  /** Whether another core has stored it since this one started. */
  private boolean waits(ModelEntry entry) {
    Model here = models.get(entry.name());
    return here == null || !here.entry().equals(entry);
  }

  @Override
  public synchronized void doPut(BaseSolrResource endpoint, Object json) {
    refuseIfFixed(endpoint);
    SortedMap<String, ModelEntry> stored = read();
    List<ModelEntry> wanted = StoredModels.ofRequest(json, stored);
    SortedMap<String, Model> opened;
    try {
      opened = open(wanted);
    } catch (ModelLoadException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "crossencoder: " + folder.node() + e.getMessage(), e);
    }
    try {
      wanted.forEach(entry -> stored.put(entry.name(), entry));
      write(stored);
    } catch (RuntimeException | Error e) {
      opened.values().forEach(model -> model.encoder().close());
      throw e;
    }
    SortedMap<String, Model> now = new TreeMap<>(models);
    opened.forEach((name, model) -> retire(now.put(name, model)));
    models = now;
    List<String> hidden = wanted.stream().filter(folder::hasAnother).map(ModelEntry::name).toList();
    if (!hidden.isEmpty()) {
      endpoint.getSolrResponse().add("hidesInstalled", hidden);
    }
  }

  @Override
  public synchronized void doDeleteChild(BaseSolrResource endpoint, String name) {
    refuseIfFixed(endpoint);
    SortedMap<String, ModelEntry> stored = read();
    StoredModels.get(stored, name);
    if (needed.contains(name)) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "crossencoder: " + name + " is the model that solrconfig names; change that first");
    }
    stored.remove(name);
    write(stored);
    SortedMap<String, Model> now = new TreeMap<>(models);
    retire(now.remove(name));
    models = now;
  }

  private void retire(Model model) {
    if (model != null) {
      retired.add(model.encoder());
    }
  }

  private void refuseIfFixed(BaseSolrResource endpoint) {
    if (!getResourceId().equals(ENDPOINT)) {
      throw new SolrException(ErrorCode.BAD_REQUEST, "the model store is at " + ENDPOINT);
    }
    if (SolrConfigHandler.getImmutable(endpoint.getSolrCore())) {
      throw new SolrException(ErrorCode.BAD_REQUEST, "ConfigSet is immutable");
    }
    if (storage.getStorageIO() instanceof InMemoryStorageIO) {
      throw new SolrException(
          ErrorCode.FORBIDDEN,
          "crossencoder: the directory of the configset cannot be written, "
              + solrResourceLoader.getConfigPath()
              + ": a model would be forgotten at the next RELOAD");
    }
  }

  /** What is stored now, maybe by another core of the configset. */
  private SortedMap<String, ModelEntry> read() {
    try {
      return StoredModels.ofStorage(processStoredData(storage.load(getResourceId())));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return new TreeMap<>();
    } catch (IOException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "the model store cannot be read", e);
    }
  }

  private void write(SortedMap<String, ModelEntry> entries) {
    String where = storage.getStorageIO().getInfo();
    try {
      storage.store(getResourceId(), buildMapToStore(StoredModels.toJson(entries.values())));
    } catch (IOException | RuntimeException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: cannot be stored in " + where + ": " + e, e);
    }
    // Solr's storage hides what goes wrong in the last step, as when ZooKeeper refuses the data.
    if (!read().equals(entries)) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "crossencoder: " + where + " has something else than what was stored; look, and repeat");
    }
  }

  @Override
  protected Object applyUpdatesToManagedData(Object updates) {
    throw new UnsupportedOperationException("doPut does it");
  }

  /** {@inheritDoc} When the core closes: no request uses its models any more. */
  @Override
  public synchronized void close() {
    OPEN.remove(solrResourceLoader);
    models.values().forEach(model -> model.encoder().close());
    models = new TreeMap<>();
    retired.forEach(CrossEncoder::close);
    retired.clear();
  }
}
