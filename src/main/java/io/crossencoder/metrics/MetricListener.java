// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.metrics;

import java.util.List;

/**
 * Receives the metrics of models that are loaded or unloaded. It is called while a model is being
 * loaded or unloaded, and other threads wait for this: it must not throw, wait, or open or close a
 * model.
 */
public interface MetricListener {

  /** Ignores all events. */
  MetricListener NONE =
      new MetricListener() {
        @Override
        public void added(List<Metric> metrics) {}

        @Override
        public void removed(List<Metric> metrics) {}
      };

  /**
   * Called when metrics are added.
   *
   * @param metrics the metrics of the node, once, or of all models with one name; unmodifiable
   */
  void added(List<Metric> metrics);

  /**
   * Called when the last model with a name was unloaded.
   *
   * @param metrics the same list instance that was added
   */
  void removed(List<Metric> metrics);
}
