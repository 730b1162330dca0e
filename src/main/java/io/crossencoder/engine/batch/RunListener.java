// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

/**
 * Receives the results of a model's runs. Implementations must be thread-safe and must not block.
 */
public interface RunListener {

  /**
   * A run succeeded.
   *
   * @param nanos duration in nanoseconds
   */
  void ran(long nanos);

  /** A run failed or returned a score that is not a number. */
  void runFailed();

  /**
   * The first batch of a request has left the queue.
   *
   * @param nanos waiting time in nanoseconds
   */
  void waited(long nanos);
}
