// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * How the node that answers does.
 *
 * <p>In: a request of {@code /crossencoder/status}. Out: versions, models, metrics, failures and a
 * self-test, as Solr writes it or for Prometheus.
 */
package io.crossencoder.solr.status;
