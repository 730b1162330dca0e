// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A search without and with reranking, side by side.
 *
 * <p>Input: a query. Output: two rankings in the terminal.
 */
package io.crossencoder.tools.search;
