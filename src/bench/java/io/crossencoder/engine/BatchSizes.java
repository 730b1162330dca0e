// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.InferencePool;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The engine on one thread, without a cache, once for each size of batch. */
public final class BatchSizes implements AutoCloseable {

  /** The size that is built in. */
  public static final int BUILT_IN = BatchedCrossEncoder.BATCH_CELLS;

  private final InferencePool workers = new InferencePool(1, Integer.MAX_VALUE);
  private final Map<Integer, BatchedCrossEncoder> encoders = new LinkedHashMap<>();

  /** Loads a graph that has been looked at before. */
  public BatchSizes(ModelSpec spec, int[] sizes) {
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
