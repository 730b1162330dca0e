// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A request over several shards: the search component {@code crossencoder}.
 *
 * <p>In: the responses of shards that reranked their own hits, or that sent passages. Out: one
 * section, and for {@code reRankScope=global} the page, reranked once. Begin with {@link
 * io.crossencoder.solr.cloud.RerankComponent}.
 */
package io.crossencoder.solr.cloud;
