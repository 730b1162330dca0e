// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A search with and without reranking, side by side.
 *
 * <p>In: a query.
 *
 * <p>Out: two rankings in the terminal.
 */
package io.crossencoder.tools.search;
