// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.logits.LogitFunctionParser;

/**
 * The function {@code crossencoder($qq)}: the logit of a document for a text, in {@code fl}, {@code
 * sort}, {@code bf}, {@code {!frange}} and {@code {!func}}, and so in a SolrFeature of Solr's LTR.
 *
 * <pre>{@code
 * <valueSourceParser name="crossencoder" class="io.crossencoder.solr.CrossEncoderValueSourceParser"/>
 * }</pre>
 *
 * <p>The first argument is the text; the default is {@code q}. Further arguments are parameters
 * that change a logit, and {@code as}: {@code crossencoder($qq,'fields=title','as=probability')}.
 * Where the value becomes a score, as in {@code bf} and {@code {!func}}, Lucene replaces negative
 * values with 0, and most logits are negative: use {@code as=probability} there.
 *
 * <p>In {@code fl} the page is scored in one batch. Elsewhere Lucene asks for one document at a
 * time, and for every one that matches: that is bounded by {@code maxReRankDocs}, the error beyond
 * it is a 400. The score cache knows what was scored before.
 */
public final class CrossEncoderValueSourceParser extends LogitFunctionParser {

  /** For Solr, which makes one by reflection for each time that a core's solrconfig names it. */
  public CrossEncoderValueSourceParser() {}
}
