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

  /** Cores of one configset have a store each, and what they read and write is the same. */
  private static final Object STORAGE = new Object();

  private final ModelFolder folder;
  private final Set<String> needed = new HashSet<>();

  private volatile SortedMap<String, LeasedModel> models = new TreeMap<>();

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

  /**
   * The store of a core.
   *
   * @param core the loader of the core, which starts
   * @param observer the one who asks, and has to close it
   * @param store the class that Solr makes
   * @return the one store of this core
   */
  public static ModelStore of(
      SolrResourceLoader core,
      ManagedResourceObserver observer,
      Class<? extends ModelStore> store) {
    core.getManagedResourceRegistry().registerManagedResource(ENDPOINT, store, observer);
    // Informed of its core when that is made.
    core.newInstance(ModelStoreHandler.class.getName(), SolrRequestHandler.class);
    return OPEN.get(core);
  }

  @Override
  protected void onManagedDataLoadedFromStorage(NamedList<?> initArgs, Object data) {
    if (!getResourceId().equals(ENDPOINT)) {
      // Solr makes one at any path that somebody names: there it is empty, for nobody closes it.
      return;
    }
    try {
      models = folder.open(StoredModels.ofStorage(data).values());
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

  /** The model of this name, if this core has loaded it. */
  Optional<CrossEncoder> find(String name) {
    return Optional.ofNullable(models.get(name)).filter(LeasedModel::hold).map(model -> model);
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
    LeasedModel here = models.get(entry.name());
    return here == null || !here.entry().equals(entry);
  }

  @Override
  public synchronized void doPut(BaseSolrResource endpoint, Object json) {
    refuseIfFixed(endpoint);
    List<ModelEntry> wanted = StoredModels.ofRequest(json, read());
    SortedMap<String, LeasedModel> opened;
    try {
      opened = folder.open(wanted);
    } catch (ModelLoadException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "crossencoder: " + folder.node() + e.getMessage(), e);
    }
    try {
      synchronized (STORAGE) {
        // Read again: loading takes its time, and others store what they have loaded.
        SortedMap<String, ModelEntry> stored = read();
        StoredModels.ofRequest(json, stored).forEach(entry -> stored.put(entry.name(), entry));
        write(stored);
      }
    } catch (RuntimeException | Error e) {
      opened.values().forEach(LeasedModel::close);
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
            "crossencoder: " + name + " is the default in solrconfig.xml; change that first");
      }
      stored.remove(name);
      write(stored);
    }
    replace(new TreeMap<>(), Set.of(name));
  }

  /** What is no more in the store is freed when the last request that has it ends. */
  private void replace(Map<String, LeasedModel> added, Set<String> gone) {
    SortedMap<String, LeasedModel> before = models;
    SortedMap<String, LeasedModel> now = new TreeMap<>(before);
    now.keySet().removeAll(gone);
    now.putAll(added);
    models = now;
    before.values().stream()
        .filter(model -> now.get(model.entry().name()) != model)
        .forEach(LeasedModel::close);
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
          "crossencoder: " + where + " differs from what was stored; check it and retry");
    }
  }

  @Override
  protected Object applyUpdatesToManagedData(Object updates) {
    throw new UnsupportedOperationException("doPut does it");
  }

  /** {@inheritDoc} When the core closes. */
  @Override
  public synchronized void close() {
    OPEN.remove(solrResourceLoader);
    models.values().forEach(LeasedModel::close);
    models = new TreeMap<>();
  }
}
