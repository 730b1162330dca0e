// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.logits.LogitFunctionParser;

/**
 * The function {@code crossencoder($qq)}: the logit of a document for a text, in {@code fl}, {@code
 * sort}, {@code bf}, {@code {!frange}} and {@code {!func}}, and therefore in a SolrFeature of
 * Solr's LTR.
 *
 * <pre>{@code
 * <valueSourceParser name="crossencoder" class="io.crossencoder.solr.CrossEncoderValueSourceParser"/>
 * }</pre>
 *
 * <p>The first argument is the text; the default is {@code q}. Further arguments are {@code as} and
 * the parameters that change a logit: {@code crossencoder($qq,'fields=title','as=probability')}. If
 * the value becomes a score, as in {@code bf} and {@code {!func}}, use {@code as=probability}:
 * Lucene replaces negative scores with 0, and most logits are negative.
 *
 * <p>In {@code fl} the page is scored in one batch. Elsewhere each matching document is scored
 * separately, up to {@code maxReRankDocs} documents; beyond this limit, the response is HTTP 400.
 * Scores in the score cache are not computed again.
 */
public final class CrossEncoderValueSourceParser extends LogitFunctionParser {

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public CrossEncoderValueSourceParser() {}
}
