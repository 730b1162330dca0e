// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

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

  private final Workers workers;
  private final ScoreCache cache;
  private final Map<Identity, Loaded> loaded = new HashMap<>();
  private final EngineFigures figures;

  /** What is loaded, for those who only look: they shall not wait while a model is being loaded. */
  private volatile List<Loaded> inMemory = List.of();

  /** Starts the threads; nothing is loaded yet. */
  public ModelRegistry(Settings settings) {
    this(settings, FigureListener.NONE);
  }

  /** The same, and tells the listener of the figures of the node and of its models. */
  public ModelRegistry(Settings settings, FigureListener listener) {
    workers = new Workers(settings.threads(), settings.maxQueuedPairs());
    cache = new ScoreCache(settings.cacheBytes());
    figures = new EngineFigures(listener);
    figures.began(workers, cache, () -> inMemory.size());
  }

  /**
   * A user's share of the model in a directory, loaded if nobody has it yet.
   *
   * @param directory in the Hugging Face layout
   * @return to be closed by the one who asked
   * @throws ModelLoadException naming the file and the reason
   * @throws InstallationException if a jar is missing or is there twice, or no native library loads
   */
  public CrossEncoder open(Path directory, ModelOptions options) {
    Libraries.check(ModelRegistry.class.getClassLoader());
    ModelSpec spec = ModelFiles.read(directory.toAbsolutePath().normalize(), options);
    Identity identity = new Identity(spec.directory(), spec.onnxFile(), spec.fingerprint());
    // One at a time: two cores that start together shall load a model once, not both of them.
    synchronized (loaded) {
      Loaded model = loaded.computeIfAbsent(identity, id -> load(spec));
      inMemory = List.copyOf(loaded.values());
      return share(identity, model, false);
    }
  }

  private CrossEncoder share(Identity identity, Loaded model, boolean uncached) {
    model.users.incrementAndGet();
    return new Share(identity, model.encoder, uncached);
  }

  private Loaded load(ModelSpec spec) {
    long start = System.nanoTime();
    NativeLibraries.prepare();
    BatchedCrossEncoder encoder =
        BatchedCrossEncoder.load(spec, workers, cache, figures.of(spec.name()));
    NativeLibraries.loaded();
    return new Loaded(encoder, figures.loaded(spec, System.nanoTime() - start));
  }

  private void unload(Loaded model) {
    model.encoder.close();
    figures.unloaded(model.model);
  }

  /**
   * What is in memory now, and what else there is to know of it.
   *
   * @param users cores, or others, that have opened it
   * @param cellsPerSecond cells, padding included, that one worker reads a second, of late; 0 if it
   *     has not run yet
   */
  public record Status(LoadedModel model, int users, double cellsPerSecond) {}

  /** Of each model in memory, in the order of their names. */
  public List<Status> status() {
    return inMemory.stream()
        .map(one -> new Status(one.model, one.users.get(), one.encoder.cellsPerSecond()))
        .sorted(Comparator.comparing(one -> one.model().spec().name()))
        .toList();
  }

  /**
   * Shares of all models in memory that score anew what the score cache knows: to see whether they
   * are well. To be closed by the one who asked.
   */
  public List<CrossEncoder> openUncached() {
    synchronized (loaded) {
      return loaded.entrySet().stream()
          .map(one -> share(one.getKey(), one.getValue(), true))
          .toList();
    }
  }

  /** What is in memory now. */
  public List<ModelSpec> models() {
    return status().stream().map(one -> one.model().spec()).toList();
  }

  /** Threads that run the models. */
  public int workers() {
    return workers.threads();
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
      loaded.values().forEach(this::unload);
      loaded.clear();
      inMemory = List.of();
    }
  }

  /** Files that changed are another model, though it has the same name. */
  private record Identity(Path directory, Path onnxFile, String fingerprint) {}

  private static final class Loaded {
    private final BatchedCrossEncoder encoder;
    private final LoadedModel model;
    private final AtomicInteger users = new AtomicInteger();

    Loaded(BatchedCrossEncoder encoder, LoadedModel model) {
      this.encoder = encoder;
      this.model = model;
    }
  }

  private final class Share implements CrossEncoder {
    private final Identity identity;
    private final BatchedCrossEncoder encoder;
    private final boolean uncached;
    private boolean closed;

    Share(Identity identity, BatchedCrossEncoder encoder, boolean uncached) {
      this.identity = identity;
      this.encoder = encoder;
      this.uncached = uncached;
    }

    @Override
    public ModelSpec spec() {
      return encoder.spec();
    }

    @Override
    public Scores score(String query, List<String> passages, Deadline deadline) {
      return uncached
          ? encoder.scoreAnew(query, passages, deadline)
          : encoder.score(query, passages, deadline);
    }

    @Override
    public Windows windows(String query, Passage passage, int most) {
      return encoder.windows(query, passage, most);
    }

    @Override
    public void close() {
      synchronized (loaded) {
        Loaded model = loaded.get(identity);
        if (closed || model == null) {
          return;
        }
        closed = true;
        if (model.users.decrementAndGet() == 0) {
          loaded.remove(identity);
          inMemory = List.copyOf(loaded.values());
          unload(model);
        }
      }
    }
  }
}
