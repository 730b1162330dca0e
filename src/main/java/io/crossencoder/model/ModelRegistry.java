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

  private final Workers workers;
  private final ScoreCache cache;
  private final Map<Identity, Loaded> loaded = new HashMap<>();

  /** Starts the threads; nothing is loaded yet. */
  public ModelRegistry(Settings settings) {
    workers = new Workers(settings.threads(), settings.maxQueuedPairs());
    cache = new ScoreCache(settings.cacheBytes());
  }

  /**
   * A user's share of the model in a directory, loaded if nobody has it yet.
   *
   * @param directory in the Hugging Face layout
   * @return to be closed by the one who asked
   * @throws ModelLoadException naming the file and the reason
   */
  public CrossEncoder open(Path directory, ModelOptions options) {
    ModelSpec spec = ModelFiles.read(directory.toAbsolutePath().normalize(), options);
    Identity identity = Identity.of(spec);
    // One at a time: two cores that start together shall load a model once, not both of them.
    synchronized (loaded) {
      Loaded model =
          loaded.computeIfAbsent(
              identity, id -> new Loaded(BatchedCrossEncoder.load(spec, workers, cache)));
      model.users++;
      return new Share(identity, model.encoder);
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
      loaded.values().forEach(model -> model.encoder.close());
      loaded.clear();
    }
  }

  /**
   * Files that changed are another model, though it has the same name; and one on another device is
   * another copy.
   */
  private record Identity(Path directory, Path onnxFile, String fingerprint, Execution execution) {

    static Identity of(ModelSpec spec) {
      return new Identity(spec.directory(), spec.onnxFile(), spec.fingerprint(), spec.execution());
    }
  }

  private static final class Loaded {
    private final BatchedCrossEncoder encoder;
    private int users;

    Loaded(BatchedCrossEncoder encoder) {
      this.encoder = encoder;
    }
  }

  private final class Share implements CrossEncoder {
    private final Identity identity;
    private final CrossEncoder encoder;
    private boolean closed;

    Share(Identity identity, CrossEncoder encoder) {
      this.identity = identity;
      this.encoder = encoder;
    }

    @Override
    public ModelSpec spec() {
      return encoder.spec();
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
        if (closed || model == null) {
          return;
        }
        closed = true;
        if (--model.users == 0) {
          loaded.remove(identity);
          model.encoder.close();
        }
      }
    }
  }
}
