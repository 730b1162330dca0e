// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * One request: parameters, candidates, passages, scores, the order of the page, the report.
 *
 * <p>In: {@code rq={!crossencoder}}, the transformer and the function, of one core or of shards.
 * Out: the page in its order, and the section {@code crossEncoder} of the response.
 */
package io.crossencoder.solr.rerank;
