// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The metrics and recent failures of a node.
 *
 * <p>Input: the outcome of each reranking, the metrics of the engine, failures. Output: the same in
 * Solr's metrics, in JMX, and for the status handler.
 */
package io.crossencoder.solr.metrics;
