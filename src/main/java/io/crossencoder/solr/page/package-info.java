// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Computes the order of a page, in one core and over shards.
 *
 * <p>Input: rescored hits, a sort, and elevated documents. Output: the remaining hits in their
 * final order.
 */
package io.crossencoder.solr.page;
