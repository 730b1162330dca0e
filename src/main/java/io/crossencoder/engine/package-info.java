// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Models in memory: each is loaded once, tested, shared by all holders of a lease, and released
 * with the last one.
 *
 * <p>Input: a directory in the Hugging Face layout, and options. Output: a {@link
 * io.crossencoder.model.CrossEncoder} per lease, and the status and the metrics of the node.
 */
package io.crossencoder.engine;
