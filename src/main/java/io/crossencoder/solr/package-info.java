// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * What users name in solrconfig.xml, and nothing else: each class is the entry to a package below.
 *
 * <p>In: what Solr makes by reflection. Out: the same, done by {@code solr.rerank}, {@code
 * solr.models}, {@code solr.status} and {@code solr.browse}. Nobody imports this package.
 */
package io.crossencoder.solr;
