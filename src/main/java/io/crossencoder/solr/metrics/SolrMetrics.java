// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Metric;
import java.util.List;
import org.apache.solr.core.SolrCore;

/** Solr's own metrics, as far as this Solr has some that we can add to. */
interface SolrMetrics {

  /** Of a Solr whose metrics are of neither kind. */
  SolrMetrics NONE =
      new SolrMetrics() {
        @Override
        public void addToNode(List<Metric> metrics) {}

        @Override
        public void addToCore(SolrCore core, List<Metric> metrics) {}

        @Override
        public void remove(List<Metric> metrics) {}
      };

  /** Shows these under {@code solr.node}. */
  void addToNode(List<Metric> metrics);

  /** Shows these under the registry of a core. The core is not kept. */
  void addToCore(SolrCore core, List<Metric> metrics);

  /** Shows those of a core again if its registry is another one by now. */
  default void stay(SolrCore core, List<Metric> metrics) {}

  /** The same list shall not be shown any more. */
  void remove(List<Metric> metrics);
}
