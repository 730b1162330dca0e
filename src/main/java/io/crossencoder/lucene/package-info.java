// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/** A cross-encoder as a Lucene {@link org.apache.lucene.search.Rescorer}; knows nothing of Solr. */
package io.crossencoder.lucene;
