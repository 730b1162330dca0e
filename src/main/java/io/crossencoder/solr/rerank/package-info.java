// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The rank query {@code rq={!crossencoder}}: collects the candidates, rescores them, and orders the
 * page.
 *
 * <p>Input: a request and the hits of its main query. Output: the same hits in a new order, or in
 * first-pass order after a failure. The path of a request: {@link
 * io.crossencoder.solr.rerank.RerankParserPlugin}, {@code RerankParser}, {@code RerankQuery},
 * {@code RerankCollector}, {@code FailOpenRescorer}.
 */
package io.crossencoder.solr.rerank;
