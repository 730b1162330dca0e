// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The engine on one thread, without a cache, once for each size of batch. */
public final class BatchSizes implements AutoCloseable {

  /** The size that is built in. */
  public static final int BUILT_IN = BatchedCrossEncoder.BATCH_CELLS;

  private final Workers workers = new Workers(1, Integer.MAX_VALUE);
  private final Map<Integer, BatchedCrossEncoder> encoders = new LinkedHashMap<>();

  /**
   * Loads the model.
   *
   * @param file the graph, as in {@link ModelOptions}
   */
  public BatchSizes(Path directory, Optional<String> file, int[] sizes) {
    ModelSpec spec =
        ModelFiles.read(
            directory.toAbsolutePath().normalize(), new ModelOptions(file, Optional.empty()));
    for (int cells : sizes) {
      encoders.put(cells, BatchedCrossEncoder.load(spec, workers, new ScoreCache(0), cells));
    }
  }

  public Map<Integer, ? extends CrossEncoder> encoders() {
    return encoders;
  }

  @Override
  public void close() {
    workers.close();
    encoders.values().forEach(BatchedCrossEncoder::close);
  }
}
