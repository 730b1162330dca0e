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
   * Cells of a batch, padding included, for a CPU. CPU time of other sizes relative to this one, by
   * {@code scripts/bench.sh --sweep} (and {@code --tokens}), for MiniLM-L6's shape in fp32; int8
   * takes one pair per run, whatever this says:
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
   * <p>Larger batches gain little where all pairs are of one length, and nothing where they are
   * not; small ones share out better among workers, and end closer to a deadline.
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
