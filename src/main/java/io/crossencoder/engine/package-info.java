// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Models in memory: loaded once, tried, shared by all who hold a lease, freed with the last one.
 *
 * <p>In: a directory in the Hugging Face layout and options.
 *
 * <p>Out: a {@link io.crossencoder.model.CrossEncoder} per lease, the status and the metrics of the
 * node.
 */
package io.crossencoder.engine;
