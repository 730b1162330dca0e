// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import java.util.List;

/** Runs the batches of one request, concurrently, each on its caller's thread. */
public interface Runner {

  /**
   * Runs a batch.
   *
   * @param pairs one or more; shorter pairs are padded to the longest
   * @return one score per pair, after the activation function; a score that is not finite is a
   *     failure of its pair
   * @throws Exception if the run fails or is canceled
   */
  float[] run(List<Encoding> pairs) throws Exception;

  /** Stops the current runs early. */
  void cancel();

  /** Frees the resources of the runs; called after the last run. */
  void close();
}
