// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * What a node counts and what went wrong on it.
 *
 * <p>In: how each rerank ended, the metrics of the engine, failures. Out: the same in Solr's
 * metrics, in JMX, and for the status.
 */
package io.crossencoder.solr.metrics;
