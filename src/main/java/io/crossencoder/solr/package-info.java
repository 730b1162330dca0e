// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The plugin for Solr: {@code rq={!crossencoder}}.
 *
 * <p>solrconfig names {@link io.crossencoder.solr.CrossEncoderQParserPlugin}, {@link
 * io.crossencoder.solr.CrossEncoderTransformerFactory} and {@link
 * io.crossencoder.solr.CrossEncoderValueSourceParser}; all else is its own.
 */
package io.crossencoder.solr;
