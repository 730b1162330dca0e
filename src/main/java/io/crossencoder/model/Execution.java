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
   * Padded tokens per batch on a CPU. The table shows CPU time relative to this size, for the shape
   * of MiniLM-L6 in fp32, measured with {@code scripts/bench.sh --sweep} (and {@code --tokens}).
   * Models in int8 always run one pair at a time.
   *
   * <pre>
   *                     128   256   300   400   512   600   768  1024
   * passages of TMDB   1.09     1  0.99  1.00  0.99        1.07
   * 64 tokens                   1  0.98  0.99  0.92  0.96        0.94
   * 128 tokens                  1  1.01  0.99  0.97  0.96        0.95
   * 200 tokens                  1  1.00  0.94  0.96  0.94        0.96
   * 250 tokens                  1              0.98  0.97        1.03
   * 300 tokens                  1              0.99  1.05        1.06
   * </pre>
   *
   * <p>Larger batches save little if all pairs have the same length, and nothing otherwise. Small
   * batches are distributed more evenly over the workers and finish closer to a deadline.
   */
  public static final int BATCH_CELLS = 256;

  /** On the CPU, with {@link #BATCH_CELLS}. */
  public static final Execution DEFAULT =
      new Execution(ExecutionProvider.CPU, 0, false, BATCH_CELLS);

  /**
   * Checks the ranges.
   *
   * @param provider execution provider
   * @param deviceId 0 or greater
   * @param fallback whether to run on the CPU if the provider cannot run the model
   * @param batchCells 1 or greater
   * @throws IllegalArgumentException if a value is out of range
   */
  public Execution {
    if (deviceId < 0 || batchCells < 1) {
      throw new IllegalArgumentException(
          "deviceId must be at least 0, batchCells at least 1: " + deviceId + ", " + batchCells);
    }
  }
}
