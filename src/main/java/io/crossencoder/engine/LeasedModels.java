// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.model.Execution;
import io.crossencoder.model.ModelSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The loaded models and the number of their users. A model is loaded once for all users and freed
 * by the last one. Loading or freeing one model does not block the users of others. Thread-safe.
 */
final class LeasedModels {

  /**
   * Identity of a loaded model. Changed files or another device make another model, even under the
   * same name.
   */
  record Identity(Path directory, Path onnxFile, String fingerprint, Execution execution) {

    static Identity of(ModelSpec spec) {
      return new Identity(spec.directory(), spec.onnxFile(), spec.fingerprint(), spec.execution());
    }
  }

  /**
   * A loaded model.
   *
   * @param unload frees the model; called once
   */
  record Loaded(BatchedCrossEncoder encoder, LoadedModel model, Runnable unload) {}

  /**
   * A lease on a loaded model.
   *
   * @param users number of leases, this one included
   * @param release ends the lease; to be called once
   */
  record Held(BatchedCrossEncoder encoder, LoadedModel model, int users, Runnable release) {}

  private static final class Entry {
    final CompletableFuture<Loaded> loading = new CompletableFuture<>();
    int users;
  }

  /** Also used as the lock. */
  private final Map<Identity, Entry> entries = new HashMap<>();

  private boolean closed;

  /**
   * Leases a model; loads it if it is not in memory.
   *
   * @throws IllegalStateException if this object is closed
   */
  Held acquire(Identity identity, Supplier<Loaded> loader) {
    Entry entry;
    boolean first;
    synchronized (entries) {
      if (closed) {
        throw shuttingDown();
      }
      first = !entries.containsKey(identity);
      entry = entries.computeIfAbsent(identity, id -> new Entry());
      entry.users++;
    }
    if (first) {
      load(identity, entry, loader);
    }
    try {
      return held(identity, entry, entry.loading.join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw (Error) e.getCause();
    }
  }

  private void load(Identity identity, Entry entry, Supplier<Loaded> loader) {
    try {
      Loaded loaded = loader.get();
      boolean late;
      synchronized (entries) {
        late = closed;
        if (!late) {
          entry.loading.complete(loaded);
        }
      }
      if (late) {
        IllegalStateException failure = shuttingDown();
        Closing.after(failure, loaded.unload());
        throw failure;
      }
    } catch (RuntimeException | Error e) {
      synchronized (entries) {
        entries.remove(identity, entry);
      }
      entry.loading.completeExceptionally(e);
    }
  }

  private static IllegalStateException shuttingDown() {
    return new IllegalStateException("the node is shutting down; no more models are loaded");
  }

  private Held held(Identity identity, Entry entry, Loaded loaded) {
    return new Held(loaded.encoder(), loaded.model(), entry.users, () -> release(identity, entry));
  }

  private void release(Identity identity, Entry entry) {
    boolean last;
    synchronized (entries) {
      last = --entry.users == 0 && entries.remove(identity, entry);
    }
    if (last) {
      entry.loading.join().unload().run();
    }
  }

  /** The loaded models without a lease: {@code release} must not be called. */
  List<Held> held() {
    List<Held> held = new ArrayList<>();
    synchronized (entries) {
      entries.forEach(
          (identity, entry) -> {
            if (entry.loading.isDone()) {
              held.add(held(identity, entry, entry.loading.join()));
            }
          });
    }
    return held;
  }

  /** Leases all loaded models. */
  List<Held> acquireAll() {
    synchronized (entries) {
      entries.values().stream().filter(entry -> entry.loading.isDone()).forEach(e -> e.users++);
      return held();
    }
  }

  /**
   * Frees all loaded models, leased or not. A model that is being loaded is freed when it is ready.
   */
  void close() {
    List<Runnable> unloads = new ArrayList<>();
    synchronized (entries) {
      closed = true;
      for (Entry entry : entries.values()) {
        if (entry.loading.isDone()) {
          unloads.add(entry.loading.join().unload());
        }
      }
      entries.clear();
    }
    Closing.all(unloads);
  }
}
