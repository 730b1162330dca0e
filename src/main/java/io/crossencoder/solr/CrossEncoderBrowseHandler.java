// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.browse.BrowseHandler;

/**
 * The browse page: the first pass on the left, the reranked documents on the right.
 *
 * <pre>{@code
 * <requestHandler name="/browse" class="io.crossencoder.solr.CrossEncoderBrowseHandler"/>
 * }</pre>
 *
 * <p>All settings have defaults, see {@link #OPTIONS}. The page is static: its files are served
 * below the path of the handler, and it sends searches like any other client. There are also two
 * JSON responses: {@code config}, the properties of this core that the page needs, and {@code
 * grades?q=…}, the judgments of a query.
 *
 * <p>The permission is {@code read}.
 */
public final class CrossEncoderBrowseHandler extends BrowseHandler {

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public CrossEncoderBrowseHandler() {}
}
