// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

/** One way to score the pairs of a request. Not thread-safe. */
interface Contender extends AutoCloseable {

  /**
   * Which one it is.
   *
   * @param name the same for every number of threads
   * @param threads that it may compute on
   * @param exact whether its logits are those of fp32
   */
  record Id(String name, int threads, boolean exact) {}

  /**
   * One measurement.
   *
   * @param logits of the passages, in their order
   * @param cpuMillis CPU time of the whole process for one call
   * @param systemMillis what of that the kernel took
   * @param wallMillis of one call; of several at once, the time of all by their number
   */
  record Measured(float[] logits, double cpuMillis, double systemMillis, double wallMillis) {}

  Id id();

  /**
   * Scores a request some times over.
   *
   * @param calls how often; the times are those of one
   */
  Measured measure(Request request, int calls) throws Exception;

  @Override
  void close();
}
