// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.InferencePool;
import io.crossencoder.engine.files.ModelFiles;
import io.crossencoder.engine.natives.JarCheck;
import io.crossencoder.engine.natives.NativeLibraries;
import io.crossencoder.metrics.MetricListener;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.InstallationException;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models of a node, with the threads and the cache that they share.
 *
 * <p>A model is in memory once, however many cores or reloads ask for it, and leaves it when the
 * last of them has closed theirs. Thread-safe.
 */
public final class ModelRegistry implements Closeable {

  /**
   * What a node decides.
   *
   * @param threads workers; 1 or more
   * @param maxQueuedPairs pairs that may wait for a worker before requests are refused; 1 or more
   * @param cacheBytes memory for the score cache; 0 switches it off
   */
  public record Settings(int threads, int maxQueuedPairs, long cacheBytes) {

    /** {@return the cores of this machine, 4,000 pairs, and 64 MiB: half a million scores} */
    public static Settings defaults() {
      return new Settings(Runtime.getRuntime().availableProcessors(), 4_000, 64L << 20);
    }

    /**
     * Checks the ranges.
     *
     * @param threads 1 or more
     * @param maxQueuedPairs 1 or more
     * @param cacheBytes 0 or more
     * @throws IllegalArgumentException if one is out of its range
     */
    public Settings {
      if (threads < 1 || maxQueuedPairs < 1 || cacheBytes < 0) {
        throw new IllegalArgumentException(
            "threads and maxQueuedPairs must be at least 1, cacheBytes at least 0: "
                + threads
                + ", "
                + maxQueuedPairs
                + ", "
                + cacheBytes);
      }
    }
  }

  /** Makes a model of files. */
  interface Loader {
    BatchedCrossEncoder load(ModelSpec spec, InferencePool workers, ScoreCache cache);
  }

  private final InferencePool workers;
  private final ScoreCache cache;
  private final Loader loader;
  private final Map<SharedModel.Identity, SharedModel> loaded = new HashMap<>();
  private final EngineMetrics metrics;
  private boolean closed;

  /** What is loaded, for those who only look: they shall not wait while a model is being loaded. */
  private volatile List<SharedModel> inMemory = List.of();

  /**
   * Starts the threads; nothing is loaded yet.
   *
   * @param settings threads, queue and cache; they cannot be changed later
   */
  public ModelRegistry(Settings settings) {
    this(settings, MetricListener.NONE);
  }

  /**
   * The same, for someone who watches.
   *
   * @param settings threads, queue and cache; they cannot be changed later
   * @param listener told of the metrics of the node, before this returns, and of those of its
   *     models
   */
  public ModelRegistry(Settings settings, MetricListener listener) {
    this(settings, listener, ModelRegistry::load);
  }

  ModelRegistry(Settings settings, Loader loader) {
    this(settings, MetricListener.NONE, loader);
  }

  private ModelRegistry(Settings settings, MetricListener listener, Loader loader) {
    workers = new InferencePool(settings.threads(), settings.maxQueuedPairs());
    cache = new ScoreCache(settings.cacheBytes());
    this.loader = loader;
    metrics = new EngineMetrics(listener);
    metrics.began(workers, cache, () -> inMemory.size());
  }

  private static BatchedCrossEncoder load(ModelSpec spec, InferencePool workers, ScoreCache cache) {
    NativeLibraries.prepare();
    BatchedCrossEncoder encoder = BatchedCrossEncoder.load(spec, workers, cache);
    NativeLibraries.loaded();
    return encoder;
  }

  /**
   * {@link #open(String, Path, ModelOptions)} with the name of the directory.
   *
   * @param directory as there
   * @param options as there
   * @return as there
   */
  public CrossEncoder open(Path directory, ModelOptions options) {
    return open(
        directory.toAbsolutePath().normalize().getFileName().toString(), directory, options);
  }

  /**
   * A user's share of the model in a directory, loaded if nobody has it yet.
   *
   * @param name what this user calls it
   * @param directory in the Hugging Face layout
   * @param options what this user decides; with others the model is another, and loaded beside it
   * @return to be closed by the one who asked
   * @throws ModelLoadException naming the file and the reason
   * @throws InstallationException if a jar is missing or is there twice, or no native library loads
   * @throws IllegalStateException if the registry is closed
   */
  public CrossEncoder open(String name, Path directory, ModelOptions options) {
    JarCheck.check(ModelRegistry.class.getClassLoader());
    ModelSpec spec = ModelFiles.read(directory.toAbsolutePath().normalize(), options);
    SharedModel.Identity identity = SharedModel.Identity.of(spec);
    // One at a time: two cores that start together shall load a model once, not both of them.
    synchronized (loaded) {
      if (closed) {
        throw new IllegalStateException("the node is shutting down; no model is loaded any more");
      }
      SharedModel model = loaded.computeIfAbsent(identity, id -> loadUnchanged(spec, options));
      inMemory = List.copyOf(loaded.values());
      model.users.incrementAndGet();
      return new Share(model.encoder.spec().named(name), model.encoder, () -> giveBack(identity));
    }
  }

  /**
   * The model that was read before. If its files have been replaced since, its scores would be kept
   * under the fingerprint of another one.
   */
  private SharedModel loadUnchanged(ModelSpec spec, ModelOptions options) {
    long start = System.nanoTime();
    BatchedCrossEncoder encoder = loader.load(spec, workers, cache);
    try {
      if (!ModelFiles.read(spec.directory(), options).equals(spec)) {
        throw new ModelLoadException(
            spec.directory(), "its files changed while they were being loaded; load it again");
      }
      encoder.countInto(metrics.of(spec.name()));
      return new SharedModel(encoder, metrics.loaded(encoder.spec(), System.nanoTime() - start));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private void giveBack(SharedModel.Identity identity) {
    synchronized (loaded) {
      SharedModel model = loaded.get(identity);
      if (model != null && model.users.decrementAndGet() == 0) {
        loaded.remove(identity);
        inMemory = List.copyOf(loaded.values());
        unload(model);
      }
    }
  }

  private void unload(SharedModel model) {
    model.encoder.close();
    metrics.unloaded(model.model);
  }

  /**
   * What is in memory now, and what else there is to know of it.
   *
   * @param model what it is, and since when
   * @param users cores, or others, that have opened it
   * @param cellsPerSecond cells, padding included, that one worker reads a second, of late
   */
  public record Status(LoadedModel model, int users, double cellsPerSecond) {}

  /**
   * Never waits, not even while a model is being loaded.
   *
   * @return one of each model in memory, in the order of their names
   */
  public List<Status> status() {
    return inMemory.stream()
        .map(one -> new Status(one.model, one.users.get(), one.encoder.cellsPerSecond()))
        .sorted(Comparator.comparing(one -> one.model().spec().name()))
        .toList();
  }

  /**
   * Shares of all models in memory that score anew what the score cache knows: to see whether they
   * are well. Waits while a model is being loaded.
   *
   * @return one a model, in no order; each to be closed by the one who asked
   */
  public List<CrossEncoder> openUncached() {
    List<CrossEncoder> shares = new ArrayList<>();
    synchronized (loaded) {
      loaded.forEach(
          (identity, model) -> {
            model.users.incrementAndGet();
            shares.add(
                new Share(model.model.spec(), model.encoder.uncached(), () -> giveBack(identity)));
          });
    }
    return List.copyOf(shares);
  }

  /** {@return what is in memory now, in the order of the names} */
  public List<ModelSpec> models() {
    return status().stream().map(one -> one.model().spec()).toList();
  }

  /** {@return how many threads run the models} */
  public int workers() {
    return workers.threads();
  }

  /** Ends the threads and frees every model, whoever still has a share of it. */
  @Override
  public void close() {
    workers.close();
    synchronized (loaded) {
      closed = true;
      loaded.values().forEach(this::unload);
      loaded.clear();
      inMemory = List.of();
    }
  }
}
