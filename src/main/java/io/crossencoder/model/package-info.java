// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The words in which everybody speaks of models: what one is, what it is given, what it gives.
 *
 * <p>In: a query, passages and a deadline.
 *
 * <p>Out: scores, with what they cost and how the call ended. Knows nothing of ONNX, Lucene or
 * Solr.
 */
package io.crossencoder.model;
