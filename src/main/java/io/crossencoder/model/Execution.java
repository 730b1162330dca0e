// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

/**
 * How a model is run: on which execution provider and device, and the size of a batch.
 *
 * @param provider execution provider
 * @param deviceId device of the provider, 0 or greater; 0 if the provider has no devices
 * @param fallback whether to run on the CPU if the provider cannot run the model
 * @param batchCells maximum number of tokens per batch, including padding; 1 or greater
 */
public record Execution(
    ExecutionProvider provider, int deviceId, boolean fallback, int batchCells) {

  /**
   * Cells of a batch, padding included, that are the fastest on a CPU. CPU time of other sizes
   * relative to this one, for MiniLM-L6's shape and the passages of TMDB, by {@code
   * scripts/bench.sh --sweep}:
   *
   * <pre>
   *         64   128   200   256   300   400   512   768  1024  2048
   * fp32  1.16  1.08  1.03     1  1.02  1.04  1.08  1.16  1.21  1.59
   * int8  1.02  1.03  1.02     1  0.98  1.04  1.03  1.25  1.29  1.78
   * </pre>
   */
  public static final int BATCH_CELLS = 256;

  /** On the CPU, in batches of the size that is the fastest there. */
  public static final Execution DEFAULT =
      new Execution(ExecutionProvider.CPU, 0, false, BATCH_CELLS);

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
