// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The browse page.
 *
 * <p>In: a request of {@code /browse}, and the handler's settings in solrconfig. Out: static files,
 * what the page has to know of the core, and the grades of a query.
 */
package io.crossencoder.solr.browse;
