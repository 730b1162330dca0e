// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.metrics;

import java.util.List;

/**
 * Receives the metrics of models that are loaded or unloaded. It is called while a model is being
 * loaded or unloaded, and other threads wait for this: it must not throw, wait, or open or close a
 * model.
 */
public interface MetricListener {

  /** Tells nobody. */
  MetricListener NONE =
      new MetricListener() {
        @Override
        public void added(List<Metric> metrics) {}

        @Override
        public void removed(List<Metric> metrics) {}
      };

  /**
   * There are metrics that were not there before.
   *
   * @param metrics those of the node, once, or those of all models of one name; unmodifiable
   */
  void added(List<Metric> metrics);

  /**
   * The last model of a name is gone, and its metrics are.
   *
   * @param metrics the very list that was added
   */
  void removed(List<Metric> metrics);
}
