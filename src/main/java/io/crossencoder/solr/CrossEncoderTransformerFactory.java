// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.logits.LogitTransformerFactory;

/**
 * {@code fl=id,ce:[crossencoder]}: for each document of the page, the logit and the effect of
 * reranking.
 *
 * <pre>{@code
 * <transformer name="crossencoder" class="io.crossencoder.solr.CrossEncoderTransformerFactory"/>
 * }</pre>
 *
 * <p>An object of {@code logit}, {@code probability}, {@code firstPassRank} (from 1), {@code
 * reranked}, {@code truncated}, and, with {@code window=true} and {@code passage=maxp}, {@code
 * window}, the text of the highest-scoring window. What is not known is left out: {@code
 * firstPassRank} and {@code reranked} where this request did not rerank itself, as when the page
 * comes from queryResultCache without scores, or in SolrCloud, where another request of the same
 * search did.
 *
 * <p>It tells of the request's own {@code rq={!crossencoder}}. Hits behind the rerank window have a
 * logit only with {@code tail=true}. With {@code query}, {@code model}, {@code fields}, {@code
 * passage} or {@code maxWindows} it needs no {@code rq}, and scores all documents of the page by
 * these.
 */
public final class CrossEncoderTransformerFactory extends LogitTransformerFactory {

  /** For Solr, which makes one by reflection for each time that a core's solrconfig names it. */
  public CrossEncoderTransformerFactory() {}
}
