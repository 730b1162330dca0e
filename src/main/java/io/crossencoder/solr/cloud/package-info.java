// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Distributed requests: the search component {@code crossencoder}.
 *
 * <p>Input: the responses of shards that reranked their own hits, or that sent passages. Output:
 * one section, and for {@code reRankScope=global} the page, reranked once. Start with {@link
 * io.crossencoder.solr.cloud.RerankComponent}.
 */
package io.crossencoder.solr.cloud;
