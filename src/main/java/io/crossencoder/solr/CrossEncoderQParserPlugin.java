// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.rerank.RerankParserPlugin;

/**
 * The parser {@code crossencoder}: {@code rq={!crossencoder reRankDocs=50}} reorders the best 50
 * documents by the scores of an ONNX cross-encoder.
 *
 * <pre>{@code
 * <queryParser name="crossencoder" class="io.crossencoder.solr.CrossEncoderQParserPlugin">
 *   <str name="model">tmdb-starter</str>
 *   <str name="fields">title,overview</str>
 * </queryParser>
 * }</pre>
 *
 * <p>Models are loaded with the core: those of its {@link CrossEncoderModelStore} and those in
 * {@code SOLR_HOME/models}. An invalid one prevents the core from loading. A node has each model in
 * memory once, however many cores use it.
 */
public final class CrossEncoderQParserPlugin extends RerankParserPlugin {

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public CrossEncoderQParserPlugin() {
    super(CrossEncoderModelStore.class);
  }
}
