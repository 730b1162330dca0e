// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The rank query {@code rq={!crossencoder}}: collects the candidates, has them rescored, and orders
 * the page.
 *
 * <p>In: a request and the hits of its main query. Out: the same hits in their new order; those of
 * the first pass if anything fails. The path of a request: {@link
 * io.crossencoder.solr.rerank.RerankParserPlugin}, {@code RerankParser}, {@code RerankQuery},
 * {@code RerankCollector}, {@code FailOpenRescorer}.
 */
package io.crossencoder.solr.rerank;
