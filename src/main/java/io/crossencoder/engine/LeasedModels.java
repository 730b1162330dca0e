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
 * Models in memory, each once, and how many hold it: the last one frees it. Two that want the same
 * model load it once; nobody else waits while it is loaded or freed. Thread-safe.
 */
final class LeasedModels {

  /**
   * Files that changed are another model, though it has the same name; and one on another device is
   * another copy.
   */
  record Identity(Path directory, Path onnxFile, String fingerprint, Execution execution) {

    static Identity of(ModelSpec spec) {
      return new Identity(spec.directory(), spec.onnxFile(), spec.fingerprint(), spec.execution());
    }
  }

  /**
   * A model and how to free it.
   *
   * @param unload called once
   */
  record Loaded(BatchedCrossEncoder encoder, LoadedModel model, Runnable unload) {}

  /**
   * A model that is in memory.
   *
   * @param users how many hold it
   * @param releases to be called once by whoever acquired it
   */
  record Held(BatchedCrossEncoder encoder, LoadedModel model, int users, Runnable releases) {
    void release() {
      releases.run();
    }
  }

  private static final class Entry {
    final CompletableFuture<Loaded> loading = new CompletableFuture<>();
    int users;
  }

  /** Also the lock. */
  private final Map<Identity, Entry> entries = new HashMap<>();

  private boolean closed;

  /**
   * Holds a model, loaded if nobody does yet.
   *
   * @throws IllegalStateException if this is closed
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
    return new IllegalStateException("the node is shutting down; no model is loaded any more");
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

  /** What is in memory now, not held by the one who asks: its release must not be called. */
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

  /** Holds all that is in memory now. */
  List<Held> acquireAll() {
    synchronized (entries) {
      entries.values().stream().filter(entry -> entry.loading.isDone()).forEach(e -> e.users++);
      return held();
    }
  }

  /** Frees all that is in memory, whoever holds it; what is being loaded is freed when it is. */
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
