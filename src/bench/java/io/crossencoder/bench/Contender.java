// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

/** One way to score the pairs of a request. Not thread-safe. */
interface Contender extends AutoCloseable {

  /**
   * Identifies a contender.
   *
   * @param name name, equal for every number of threads
   * @param threads how many threads it can use
   * @param exact whether its logits equal those of fp32
   */
  record Id(String name, int threads, boolean exact) {}

  /**
   * One measurement.
   *
   * @param logits logits in the order of the passages
   * @param cpuMillis CPU time of the whole process per call
   * @param systemMillis the part of {@code cpuMillis} that the kernel used
   * @param wallMillis wall time per call; for concurrent calls, the total time divided by their
   *     number
   */
  record Measured(float[] logits, double cpuMillis, double systemMillis, double wallMillis) {}

  Id id();

  /**
   * Scores a request several times.
   *
   * @param calls how often; the measured times are per call
   */
  Measured measure(Request request, int calls) throws Exception;

  @Override
  void close();
}
