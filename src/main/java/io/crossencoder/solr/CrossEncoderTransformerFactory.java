// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.logits.LogitTransformerFactory;

/**
 * The document transformer {@code fl=id,ce:[crossencoder]}: for each document of the page, the
 * logit and the effect of reranking.
 *
 * <pre>{@code
 * <transformer name="crossencoder" class="io.crossencoder.solr.CrossEncoderTransformerFactory"/>
 * }</pre>
 *
 * <p>The value is an object of {@code logit}, {@code probability}, {@code firstPassRank} (from 1),
 * {@code reranked}, {@code truncated}, and, with {@code window=true} and {@code passage=max},
 * {@code window}, the text of the highest-scoring window. Unknown values are omitted: if the page
 * comes from queryResultCache or a shard did the reranking, there is no {@code firstPassRank}, and
 * {@code reranked} only if the response contains {@code score}.
 *
 * <p>The values belong to the request's {@code rq={!crossencoder}}. Documents below the top {@code
 * reRankDocs} have a logit only with {@code tail=true}. If at least one of {@code query}, {@code
 * model}, {@code fields}, {@code passage} and {@code maxWindows} is set, the transformer works
 * without {@code rq} and scores all documents of the page.
 */
public final class CrossEncoderTransformerFactory extends LogitTransformerFactory {

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public CrossEncoderTransformerFactory() {}
}
