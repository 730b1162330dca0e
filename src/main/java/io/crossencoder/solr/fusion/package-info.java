// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
/**
 * The query parser {@code rrf}, which fuses the results of several queries into one ranked list.
 *
 * <p>It works without the reranker and does not import it.
 */
package io.crossencoder.solr.fusion;
