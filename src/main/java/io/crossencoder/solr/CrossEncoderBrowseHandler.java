// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.browse.BrowseHandler;

/**
 * A page to look at the rerank with: the first pass on the left, the reranked hits on the right.
 *
 * <pre>{@code
 * <requestHandler name="/browse" class="io.crossencoder.solr.CrossEncoderBrowseHandler"/>
 * }</pre>
 *
 * <p>All settings have defaults, see {@link io.crossencoder.solr.browse.BrowseSettings}. The page
 * itself is static: its files lie below the handler's own path, and it searches as any other client
 * does. Beside them there are two small JSON answers: {@code config}, what the page needs to know
 * of this core, and {@code grades?q=…}, the judgments of a query.
 *
 * <p>Who may search may read it: the permission is {@code read}.
 */
public final class CrossEncoderBrowseHandler extends BrowseHandler {

  /** For Solr, which makes one by reflection for each time that a core's solrconfig names it. */
  public CrossEncoderBrowseHandler() {}
}
