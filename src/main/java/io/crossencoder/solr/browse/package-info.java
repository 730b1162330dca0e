// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The browse page.
 *
 * <p>Input: a request to {@code /browse}, and the options of the handler in {@code solrconfig.xml}.
 * Output: static files, the properties of the core that the page needs, and the grades of a query.
 */
package io.crossencoder.solr.browse;
