// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Vectors of texts by a table of word vectors: what the demo needs for a hybrid search without a
 * second model. For a real search take an embedding model.
 */
package io.crossencoder.solr.vectors;
