// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.io.Closeable;
import java.nio.file.Path;
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

    /** The cores of this machine, 4,000 pairs, 64 MiB: half a million scores. */
    public static Settings defaults() {
      return new Settings(Runtime.getRuntime().availableProcessors(), 4_000, 64L << 20);
    }

    /** Checks the ranges. */
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
    BatchedCrossEncoder load(ModelSpec spec, Workers workers, ScoreCache cache);
  }

  private final Workers workers;
  private final ScoreCache cache;
  private final Loader loader;
  private final Map<Identity, Loaded> loaded = new HashMap<>();
  private boolean closed;

  /** Starts the threads; nothing is loaded yet. */
  public ModelRegistry(Settings settings) {
    this(settings, ModelRegistry::load);
  }

  ModelRegistry(Settings settings, Loader loader) {
    workers = new Workers(settings.threads(), settings.maxQueuedPairs());
    cache = new ScoreCache(settings.cacheBytes());
    this.loader = loader;
  }

  private static BatchedCrossEncoder load(ModelSpec spec, Workers workers, ScoreCache cache) {
    NativeLibraries.prepare();
    BatchedCrossEncoder encoder = BatchedCrossEncoder.load(spec, workers, cache);
    NativeLibraries.loaded();
    return encoder;
  }

  /** {@link #open(String, Path, ModelOptions)} with the name of the directory. */
  public CrossEncoder open(Path directory, ModelOptions options) {
    return open(
        directory.toAbsolutePath().normalize().getFileName().toString(), directory, options);
  }

  /**
   * A user's share of the model in a directory, loaded if nobody has it yet.
   *
   * @param name what this user calls it
   * @param directory in the Hugging Face layout
   * @return to be closed by the one who asked
   * @throws ModelLoadException naming the file and the reason
   * @throws InstallationException if a jar is missing or is there twice, or no native library loads
   * @throws IllegalStateException if the registry is closed
   */
  public CrossEncoder open(String name, Path directory, ModelOptions options) {
    Libraries.check(ModelRegistry.class.getClassLoader());
    ModelSpec spec = ModelFiles.read(directory.toAbsolutePath().normalize(), options);
    Identity identity = new Identity(spec.directory(), spec.onnxFile(), spec.fingerprint());
    // One at a time: two cores that start together shall load a model once, not both of them.
    synchronized (loaded) {
      if (closed) {
        throw new IllegalStateException("the node is shutting down; no model is loaded any more");
      }
      Loaded model =
          loaded.computeIfAbsent(identity, id -> new Loaded(loadUnchanged(spec, options)));
      model.users++;
      return new Share(identity, spec.named(name), model.encoder);
    }
  }

  /**
   * The model that was read before. If its files have been replaced since, its scores would be kept
   * under the fingerprint of another one.
   */
  private BatchedCrossEncoder loadUnchanged(ModelSpec spec, ModelOptions options) {
    BatchedCrossEncoder encoder = loader.load(spec, workers, cache);
    try {
      if (!ModelFiles.read(spec.directory(), options).equals(spec)) {
        throw new ModelLoadException(
            spec.directory(), "its files changed while they were being loaded; load it again");
      }
      return encoder;
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** What is in memory now. */
  public List<ModelSpec> models() {
    synchronized (loaded) {
      return loaded.values().stream().map(model -> model.encoder.spec()).toList();
    }
  }

  /** How often the score cache knew a logit, since the start. */
  public long cacheHits() {
    return cache.hits();
  }

  /** How often it did not. */
  public long cacheMisses() {
    return cache.misses();
  }

  /** Ends the threads and frees every model, whoever still has a share of it. */
  @Override
  public void close() {
    workers.close();
    synchronized (loaded) {
      closed = true;
      loaded.values().forEach(model -> model.encoder.close());
      loaded.clear();
    }
  }

  /** Files that changed are another model, though it has the same name. */
  private record Identity(Path directory, Path onnxFile, String fingerprint) {}

  private static final class Loaded {
    private final BatchedCrossEncoder encoder;
    private int users;

    Loaded(BatchedCrossEncoder encoder) {
      this.encoder = encoder;
    }
  }

  private final class Share implements CrossEncoder {
    private final Identity identity;
    private final ModelSpec spec;
    private final CrossEncoder encoder;
    private boolean givenBack;

    Share(Identity identity, ModelSpec spec, CrossEncoder encoder) {
      this.identity = identity;
      this.spec = spec;
      this.encoder = encoder;
    }

    @Override
    public ModelSpec spec() {
      return spec;
    }

    @Override
    public Scores score(String query, List<String> passages, Deadline deadline) {
      return encoder.score(query, passages, deadline);
    }

    @Override
    public Windows windows(String query, Passage passage, int most) {
      return encoder.windows(query, passage, most);
    }

    @Override
    public void close() {
      synchronized (loaded) {
        Loaded model = loaded.get(identity);
        if (givenBack || model == null) {
          return;
        }
        givenBack = true;
        if (--model.users == 0) {
          loaded.remove(identity);
          model.encoder.close();
        }
      }
    }
  }
}
