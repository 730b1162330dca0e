// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The Solr request that a thread works for: its shards, its time and its end.
 *
 * <p>In: what Solr keeps for the request, and what a coordinator tells its shards. Out: the same in
 * the words of the packages above. Nothing here knows of a rerank.
 */
package io.crossencoder.solr.request;
