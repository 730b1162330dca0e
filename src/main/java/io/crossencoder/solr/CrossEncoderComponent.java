// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.cloud.RerankComponent;

/**
 * The search component {@code crossencoder}, for the node that merges the results of shards. It
 * merges their sections {@code crossEncoder} into one, and reranks for {@code reRankScope=global}.
 *
 * <pre>{@code
 * <searchComponent name="crossencoder" class="io.crossencoder.solr.CrossEncoderComponent"/>
 * <requestHandler name="/select" class="solr.SearchHandler">
 *   <arr name="last-components">
 *     <str>crossencoder</str>
 *   </arr>
 * </requestHandler>
 * }</pre>
 *
 * <p>It has no effect on requests without {@code rq={!crossencoder}} and on requests that are not
 * distributed.
 */
public final class CrossEncoderComponent extends RerankComponent {

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public CrossEncoderComponent() {}
}
