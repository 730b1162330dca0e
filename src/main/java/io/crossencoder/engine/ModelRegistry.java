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
 * The models of a node, and the threads and the score cache that they share.
 *
 * <p>Each model is in memory once, for any number of cores and reloads. It is released when the
 * last user closes it. Thread-safe.
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

    /** {@return the cores of this machine, 4,000 pairs, and 64 MiB: 466,000 scores} */
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
    BatchedCrossEncoder load(ModelSpec spec, InferencePool pool, ModelMetrics metrics);
  }

  final InferencePool pool;
  private final Loader loader;
  private final EngineMetrics metrics;
  private final LeasedModels models = new LeasedModels();

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
   * @param directory as there
   * @param options as there
   * @return as there
   */
  public CrossEncoder open(Path directory, ModelOptions options) {
    return open(
        directory.toAbsolutePath().normalize().getFileName().toString(), directory, options);
  }

  /**
   * A user's hold on the model in a directory, loaded if nobody has it yet.
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
    LeasedModels.Held held =
        models.acquire(LeasedModels.Identity.of(spec), () -> loadUnchanged(spec, options));
    ModelSpec named = held.encoder().spec().named(name);
    return new ModelLease(named, held.encoder(), true, held::release);
  }

  /**
   * The model that was read before. If its files have been replaced since, its scores would be kept
   * under the fingerprint of another one.
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
    return models.held().stream()
        .map(one -> new Status(one.model(), one.users(), one.encoder().cellsPerSecond()))
        .sorted(Comparator.comparing(one -> one.model().spec().name()))
        .toList();
  }

  /**
   * Holds on all models in memory that score anew what the score cache knows: to see whether they
   * are well. Never waits for a model that is being loaded.
   *
   * @return one per model, in no order; each to be closed by the one who asked
   */
  public List<CrossEncoder> openUncached() {
    return models.acquireAll().stream()
        .<CrossEncoder>map(
            one -> new ModelLease(one.model().spec(), one.encoder(), false, one::release))
        .toList();
  }

  /** {@return what is in memory now, in the order of the names} */
  public List<ModelSpec> models() {
    return status().stream().map(one -> one.model().spec()).toList();
  }

  /** {@return how many threads run the models} */
  public int workers() {
    return pool.threads();
  }

  /**
   * Ends running requests with what is scored, and later ones with what is cached: for a process
   * that is about to stop. Does not wait, and frees nothing.
   */
  public void endRequests() {
    pool.endRequests();
  }

  /**
   * Ends the threads and frees every model, whoever still holds it; one that is being loaded is
   * freed by the one who loads it.
   */
  @Override
  public void close() {
    Closing.all(List.of(pool::close, models::close));
  }
}
