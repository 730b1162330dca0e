// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.InstallationException;
import io.crossencoder.model.ModelLoadException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
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
import org.apache.solr.request.SolrRequestHandler;
import org.apache.solr.rest.BaseSolrResource;
import org.apache.solr.rest.ManagedResource;
import org.apache.solr.rest.ManagedResourceObserver;
import org.apache.solr.rest.ManagedResourceStorage.InMemoryStorageIO;
import org.apache.solr.rest.ManagedResourceStorage.StorageIO;

/**
 * The model store, {@code /schema/cross-encoder-model-store}: names and options of the models of a
 * configset. The model files are on the nodes.
 *
 * <p>The data is stored in the configset. A change takes effect immediately in the core that
 * receives the request, and in other cores when they are reloaded. Thread-safe.
 */
public abstract class ModelStore extends ManagedResource
    implements ManagedResource.ChildResourceSupport, Closeable {

  static final String ENDPOINT = "/schema/cross-encoder-model-store";

  /** By resource loader, because Solr passes a store only to the first parser that observes it. */
  private static final Map<SolrResourceLoader, ModelStore> OPEN = new ConcurrentHashMap<>();

  /** The lock for the storage, which all stores of a configset share. */
  private static final Object STORAGE = new Object();

  private final ModelFolder folder;
  private final Set<String> needed = new HashSet<>();

  private volatile SortedMap<String, StoreModel> models = new TreeMap<>();

  /**
   * Called by Solr by reflection.
   *
   * @param resourceId requested path; at any other path than its own, the store stays empty
   * @param loader resource loader of the core
   * @param storageIO storage of the configset: a file, or ZooKeeper
   */
  protected ModelStore(String resourceId, SolrResourceLoader loader, StorageIO storageIO) {
    super(resourceId, loader, storageIO);
    folder = new ModelFolder(loader.getCoreContainer());
  }

  /**
   * The store of a core that is being loaded.
   *
   * @param core resource loader of the core
   * @param observer the caller, who must close the store
   * @param store class of the store
   * @return the only store of this core
   */
  public static ModelStore of(
      SolrResourceLoader core,
      ManagedResourceObserver observer,
      Class<? extends ModelStore> store) {
    core.getManagedResourceRegistry().registerManagedResource(ENDPOINT, store, observer);
    // Solr informs the handler of its core later.
    core.newInstance(ModelStoreHandler.class.getName(), SolrRequestHandler.class);
    return OPEN.get(core);
  }

  @Override
  protected void onManagedDataLoadedFromStorage(NamedList<?> initArgs, Object data) {
    if (!getResourceId().equals(ENDPOINT)) {
      // Solr creates a store at any requested path. Such a store stays empty, because nobody closes
      // it.
      return;
    }
    try {
      models = folder.open(StoredModels.ofStorage(data).values());
    } catch (ModelLoadException | InstallationException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "crossencoder: cannot load a model of the model store: " + folder.node() + e.getMessage(),
          e);
    }
    OPEN.put(solrResourceLoader, this);
  }

  /** The model with this name, if it is loaded in this core. */
  Optional<CrossEncoder> find(String name) {
    return Optional.ofNullable(models.get(name)).filter(StoreModel::hold).map(model -> model);
  }

  /** Names of the models that are loaded in this core. */
  List<String> loaded() {
    return List.copyOf(models.keySet());
  }

  /** Protects a model against deletion, because {@code solrconfig.xml} refers to it. */
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

  /** Whether another core has stored the model since this core was loaded. */
  private boolean waits(ModelEntry entry) {
    StoreModel here = models.get(entry.name());
    return here == null || !here.entry().equals(entry);
  }

  @Override
  public synchronized void doPut(BaseSolrResource endpoint, Object json) {
    refuseIfFixed(endpoint);
    List<ModelEntry> wanted = StoredModels.ofRequest(json, read());
    SortedMap<String, StoreModel> opened;
    try {
      opened = folder.open(wanted);
    } catch (ModelLoadException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "crossencoder: " + folder.node() + e.getMessage(), e);
    }
    try {
      synchronized (STORAGE) {
        // Reads the storage again, because other cores may have stored models during the loading.
        SortedMap<String, ModelEntry> stored = read();
        StoredModels.ofRequest(json, stored).forEach(entry -> stored.put(entry.name(), entry));
        write(stored);
      }
    } catch (RuntimeException | Error e) {
      opened.values().forEach(StoreModel::close);
      throw e;
    }
    replace(opened, Set.of());
    List<String> hidden = wanted.stream().filter(folder::hasAnother).map(ModelEntry::name).toList();
    if (!hidden.isEmpty()) {
      endpoint.getSolrResponse().add("hidesInstalled", hidden);
    }
  }

  @Override
  public synchronized void doDeleteChild(BaseSolrResource endpoint, String name) {
    refuseIfFixed(endpoint);
    synchronized (STORAGE) {
      SortedMap<String, ModelEntry> stored = read();
      StoredModels.get(stored, name);
      if (needed.contains(name)) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            "crossencoder: "
                + name
                + " is the default in solrconfig.xml; change the default first");
      }
      stored.remove(name);
      write(stored);
    }
    replace(new TreeMap<>(), Set.of(name));
  }

  /** Removed models are freed when their last request ends. */
  private void replace(Map<String, StoreModel> added, Set<String> gone) {
    SortedMap<String, StoreModel> before = models;
    SortedMap<String, StoreModel> now = new TreeMap<>(before);
    now.keySet().removeAll(gone);
    now.putAll(added);
    models = now;
    before.values().stream()
        .filter(model -> now.get(model.entry().name()) != model)
        .forEach(StoreModel::close);
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
          "crossencoder: no write permission for the directory of the configset, "
              + solrResourceLoader.getConfigPath()
              + "; the model would be lost at the next RELOAD");
    }
  }

  /** The stored models; another core of the configset may have changed them. */
  private SortedMap<String, ModelEntry> read() {
    try {
      return StoredModels.ofStorage(processStoredData(storage.load(getResourceId())));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return new TreeMap<>();
    } catch (IOException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, "cannot read the model store", e);
    }
  }

  private void write(SortedMap<String, ModelEntry> entries) {
    String where = storage.getStorageIO().getInfo();
    try {
      storage.store(getResourceId(), buildMapToStore(StoredModels.toJson(entries.values())));
    } catch (IOException | RuntimeException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: cannot store models in " + where + ": " + e, e);
    }
    // Solr's storage hides errors of the last step, for example if ZooKeeper rejects the data.
    if (!read().equals(entries)) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "crossencoder: " + where + " differs from what was stored; check it and retry");
    }
  }

  @Override
  protected Object applyUpdatesToManagedData(Object updates) {
    throw new UnsupportedOperationException("see doPut");
  }

  /** {@inheritDoc} Called when the core closes. */
  @Override
  public synchronized void close() {
    OPEN.remove(solrResourceLoader);
    models.values().forEach(StoreModel::close);
    models = new TreeMap<>();
  }
}
