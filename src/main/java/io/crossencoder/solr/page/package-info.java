// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The order of a page, in one core and over shards.
 *
 * <p>In: hits as they were rescored, a sort, and what an editor put on top. Out: those that stay,
 * in their final order.
 */
package io.crossencoder.solr.page;
