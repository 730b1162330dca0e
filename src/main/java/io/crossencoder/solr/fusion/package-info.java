// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
/**
 * The query parser {@code rrf}: ranked lists of several queries, fused into one, in one request.
 *
 * <p>It works without the reranker and imports nothing of it.
 */
package io.crossencoder.solr.fusion;
