// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The classes that users configure in {@code solrconfig.xml}, and no others. Each class is the
 * entry to a package below: {@code solr.rerank}, {@code solr.logits}, {@code solr.cloud}, {@code
 * solr.models}, {@code solr.status} and {@code solr.browse}. Solr creates them by reflection; no
 * other package imports this package.
 */
package io.crossencoder.solr;
