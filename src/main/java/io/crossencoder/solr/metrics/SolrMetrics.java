// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Metric;
import java.util.List;
import org.apache.solr.core.SolrCore;

/** Adds metrics to Solr's own metrics, if this version of Solr is supported. */
interface SolrMetrics {

  /** For versions of Solr with unknown metrics. */
  SolrMetrics NONE =
      new SolrMetrics() {
        @Override
        public void addToNode(List<Metric> metrics) {}

        @Override
        public void addToCore(SolrCore core, List<Metric> metrics) {}

        @Override
        public void remove(List<Metric> metrics) {}
      };

  /** Publishes metrics under {@code solr.node}. */
  void addToNode(List<Metric> metrics);

  /** Publishes metrics in the registry of a core. The core is not referenced after the call. */
  void addToCore(SolrCore core, List<Metric> metrics);

  /** Publishes the metrics of a core again if its registry was replaced. */
  default void stay(SolrCore core, List<Metric> metrics) {}

  /** Removes metrics; must be the list instance that was added. */
  void remove(List<Metric> metrics);
}
