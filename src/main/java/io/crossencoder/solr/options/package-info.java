// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * What may be said in a request, in solrconfig and at the start of a node.
 *
 * <p>In: text. Out: a checked value, or a message with the name and what is allowed; and the tables
 * of {@code docs/}.
 */
package io.crossencoder.solr.options;
