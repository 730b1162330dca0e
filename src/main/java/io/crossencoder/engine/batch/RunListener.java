// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

/** Is told what becomes of a model's runs. Must be thread-safe and must not wait. */
public interface RunListener {

  /**
   * A run gave its scores.
   *
   * @param nanos how long it took, in nanoseconds
   */
  void ran(long nanos);

  /** A run failed, or gave a score that is not a number. */
  void runFailed();

  /**
   * A request has waited for its first run.
   *
   * @param nanos how long, in nanoseconds
   */
  void waited(long nanos);
}
