// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import io.crossencoder.engine.BatchedCrossEncoder;

/**
 * How a model is computed: what does it, and how much of it at once.
 *
 * @param provider what computes
 * @param deviceId which of its devices, from 0; 0 where there is nothing to choose
 * @param fallback whether the CPU may do it where the provider cannot
 * @param batchCells tokens of a batch, padding included; 1 or more
 */
public record Execution(
    ExecutionProvider provider, int deviceId, boolean fallback, int batchCells) {

  /** On the CPU, in batches of the size that is the fastest there. */
  public static final Execution DEFAULT =
      new Execution(ExecutionProvider.CPU, 0, false, BatchedCrossEncoder.BATCH_CELLS);

  /**
   * Checks the ranges.
   *
   * @param provider as above
   * @param deviceId 0 or more
   * @param fallback as above
   * @param batchCells 1 or more
   * @throws IllegalArgumentException if one is out of its range
   */
  public Execution {
    if (deviceId < 0 || batchCells < 1) {
      throw new IllegalArgumentException(
          "deviceId must be at least 0, batchCells at least 1: " + deviceId + ", " + batchCells);
    }
  }
}
