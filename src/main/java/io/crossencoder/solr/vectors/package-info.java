// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Vectors of texts from a table of word vectors: a hybrid search for the demo without a second
 * model. Use an embedding model in production.
 */
package io.crossencoder.solr.vectors;
