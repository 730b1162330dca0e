// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The plugin for Solr: {@code rq={!crossencoder}}.
 *
 * <p>Public is what Solr makes by reflection. solrconfig names {@link
 * io.crossencoder.solr.CrossEncoderQParserPlugin}, and where they are wanted {@link
 * io.crossencoder.solr.CrossEncoderComponent}, {@link
 * io.crossencoder.solr.CrossEncoderTransformerFactory}, {@link
 * io.crossencoder.solr.CrossEncoderValueSourceParser}, {@link
 * io.crossencoder.solr.CrossEncoderStatusHandler} and {@link
 * io.crossencoder.solr.CrossEncoderBrowseHandler}; the parser asks for the {@link
 * io.crossencoder.solr.CrossEncoderModelStore}. All else is its own.
 */
package io.crossencoder.solr;
