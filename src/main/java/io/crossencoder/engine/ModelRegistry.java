// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.InferencePool;
import io.crossencoder.engine.batch.ScoreCache;
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
import java.util.Comparator;
import java.util.List;

/**
 * The models of a node, and the worker threads and the score cache that they share.
 *
 * <p>Each model is in memory once, for any number of cores and reloads. It is freed when the last
 * user closes it. Thread-safe.
 */
public final class ModelRegistry implements Closeable {

  /**
   * Settings of a node.
   *
   * @param threads number of workers; 1 or greater
   * @param maxQueuedPairs maximum number of pairs that wait for a worker; further requests are
   *     rejected; 1 or greater
   * @param cacheBytes memory for the score cache; 0 disables it
   */
  public record Settings(int threads, int maxQueuedPairs, long cacheBytes) {

    /** {@return one worker per core, 4,000 pairs, and 64 MiB: 466,000 scores} */
    public static Settings defaults() {
      return new Settings(Runtime.getRuntime().availableProcessors(), 4_000, 64L << 20);
    }

    /**
     * Checks the ranges.
     *
     * @param threads 1 or greater
     * @param maxQueuedPairs 1 or greater
     * @param cacheBytes 0 or greater
     * @throws IllegalArgumentException if a value is out of range
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

  /** Loads a model from its files. */
  interface Loader {
    BatchedCrossEncoder load(ModelSpec spec, InferencePool pool, ModelMetrics metrics);
  }

  final InferencePool pool;
  private final Loader loader;
  private final EngineMetrics metrics;
  private final LeasedModels models = new LeasedModels();

  /**
   * Starts the workers; loads no model.
   *
   * @param settings threads, queue and cache
   */
  public ModelRegistry(Settings settings) {
    this(settings, MetricListener.NONE);
  }

  /**
   * Starts the workers, with a listener for metrics.
   *
   * @param settings threads, queue and cache
   * @param listener receives the metrics of the node before this constructor returns, and those of
   *     models later
   */
  public ModelRegistry(Settings settings, MetricListener listener) {
    this(settings, listener, ModelRegistry::load);
  }

  ModelRegistry(Settings settings, MetricListener listener, Loader loader) {
    ScoreCache cache = new ScoreCache(settings.cacheBytes());
    pool = new InferencePool(settings.threads(), settings.maxQueuedPairs(), cache);
    this.loader = loader;
    metrics = new EngineMetrics(listener);
    metrics.began(pool, cache, () -> models.held().size());
  }

  private static BatchedCrossEncoder load(
      ModelSpec spec, InferencePool pool, ModelMetrics metrics) {
    NativeLibraries.prepare();
    BatchedCrossEncoder encoder = BatchedCrossEncoder.load(spec, pool, metrics);
    NativeLibraries.loaded();
    return encoder;
  }

  /**
   * {@link #open(String, Path, ModelOptions)} with the name of the directory.
   *
   * @param directory model directory in the Hugging Face layout
   * @param options options of the model
   * @return the model; to be closed by the caller
   */
  public CrossEncoder open(Path directory, ModelOptions options) {
    return open(
        directory.toAbsolutePath().normalize().getFileName().toString(), directory, options);
  }

  /**
   * Opens a model; loads it if it is not in memory.
   *
   * @param name name of the model for this user
   * @param directory model directory in the Hugging Face layout
   * @param options options of the model; other options make another model in memory
   * @return the model; to be closed by the caller
   * @throws ModelLoadException with the file and the reason
   * @throws InstallationException if a JAR is missing or duplicated, or a native library does not
   *     load
   * @throws IllegalStateException if the registry is closed
   */
  public CrossEncoder open(String name, Path directory, ModelOptions options) {
    JarCheck.check(ModelRegistry.class.getClassLoader());
    ModelSpec spec = ModelFiles.read(directory.toAbsolutePath().normalize(), options);
    LeasedModels.Held held =
        models.acquire(LeasedModels.Identity.of(spec), () -> loadUnchanged(spec, options));
    ModelSpec named = held.encoder().spec().named(name);
    return new ModelLease(named, held.encoder(), true, held.release());
  }

  /**
   * Loads the model whose files were just inspected. If the files changed meanwhile, the scores
   * would be cached with the wrong fingerprint.
   */
  private LeasedModels.Loaded loadUnchanged(ModelSpec spec, ModelOptions options) {
    long start = System.nanoTime();
    BatchedCrossEncoder encoder = loader.load(spec, pool, metrics.of(spec.name()));
    try {
      if (!ModelFiles.read(spec.directory(), options).equals(spec)) {
        throw new ModelLoadException(
            spec.directory(), "its files changed while they were being loaded; load it again");
      }
      LoadedModel model = metrics.loaded(encoder.spec(), System.nanoTime() - start);
      return new LeasedModels.Loaded(
          encoder,
          model,
          () -> Closing.all(List.of(encoder::close, () -> metrics.unloaded(model))));
    } catch (RuntimeException | Error e) {
      Closing.after(e, encoder::close);
      throw e;
    }
  }

  /**
   * Status of a loaded model.
   *
   * @param model properties and time of loading
   * @param users number of users, such as cores, that have opened it
   * @param cellsPerSecond recent speed in padded tokens per second and worker
   */
  public record Status(LoadedModel model, int users, double cellsPerSecond) {}

  /**
   * Returns the status without waiting, even while a model is being loaded.
   *
   * @return one entry per loaded model, in the order of names
   */
  public List<Status> status() {
    return models.held().stream()
        .map(one -> new Status(one.model(), one.users(), one.encoder().cellsPerSecond()))
        .sorted(Comparator.comparing(one -> one.model().spec().name()))
        .toList();
  }

  /**
   * Opens all loaded models without the score cache, for health checks. Does not wait for a model
   * that is being loaded.
   *
   * @return one per model, in no order; to be closed by the caller
   */
  public List<CrossEncoder> openUncached() {
    return models.acquireAll().stream()
        .<CrossEncoder>map(
            one -> new ModelLease(one.model().spec(), one.encoder(), false, one.release()))
        .toList();
  }

  /** {@return the loaded models in the order of names} */
  public List<ModelSpec> models() {
    return status().stream().map(one -> one.model().spec()).toList();
  }

  /** {@return the number of workers} */
  public int workers() {
    return pool.threads();
  }

  /**
   * Ends requests before the process stops: running requests return the scores so far, later ones
   * return cached scores. Does not wait; frees nothing.
   */
  public void endRequests() {
    pool.endRequests();
  }

  /**
   * Stops the workers and frees every model, even if it is in use. A model that is being loaded is
   * freed by the loading thread.
   */
  @Override
  public void close() {
    Closing.all(List.of(pool::close, models::close));
  }
}
