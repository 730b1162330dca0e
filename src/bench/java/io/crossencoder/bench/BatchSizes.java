// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The engine on one thread, without a cache, once per batch size. */
final class BatchSizes implements AutoCloseable {

  private final ModelRegistry registry =
      new ModelRegistry(new ModelRegistry.Settings(1, Integer.MAX_VALUE, 0));
  private final Map<Integer, CrossEncoder> encoders = new LinkedHashMap<>();

  /** Loads a model that has already been inspected. */
  BatchSizes(ModelSpec spec, int[] sizes) {
    for (int cells : sizes) {
      Execution execution = new Execution(ExecutionProvider.CPU, 0, false, cells);
      Optional<String> file = Optional.of(Graphs.name(spec));
      encoders.put(
          cells,
          registry.open(spec.directory(), new ModelOptions(file, Optional.empty(), execution)));
    }
  }

  Map<Integer, CrossEncoder> encoders() {
    return encoders;
  }

  @Override
  public void close() {
    registry.close();
  }
}
