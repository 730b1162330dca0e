// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The status of the node that receives the request.
 *
 * <p>Input: a request to {@code /crossencoder/status}. Output: versions, models, metrics, failures
 * and a self-test, in the formats of Solr or of Prometheus.
 */
package io.crossencoder.solr.status;
