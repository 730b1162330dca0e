// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import java.util.List;

/**
 * A model for the runs of one request. Its runs go on side by side, each on its caller's thread.
 */
public interface Runner {

  /**
   * Runs pairs through the model at once.
   *
   * @param pairs one or more; shorter ones are padded to the longest
   * @return one score per pair, activation applied; a score that is not finite is a failure of its
   *     pair
   * @throws Exception if the run fails or is canceled
   */
  float[] run(List<Encoding> pairs) throws Exception;

  /** Makes the runs that go on now end soon. */
  void cancel();

  /** Frees what the runs needed; nothing runs any more, nor will. */
  void close();
}
