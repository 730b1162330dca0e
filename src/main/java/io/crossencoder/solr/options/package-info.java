// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The options of requests, of {@code solrconfig.xml} and of a node.
 *
 * <p>Input: text. Output: a checked value, or a message with the name and the valid values; and the
 * tables of {@code docs/}.
 */
package io.crossencoder.solr.options;
