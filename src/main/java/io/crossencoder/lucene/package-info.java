// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A cross-encoder as a Lucene {@link org.apache.lucene.search.Rescorer}; knows nothing of Solr.
 *
 * <p>In: a model, a query, the hits of a first pass and their searcher. Out: a {@link
 * io.crossencoder.lucene.RescoreResult}, the same hits best first.
 */
package io.crossencoder.lucene;
