// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import org.apache.lucene.search.Query;

/**
 * A query of a {@link FusionQuery}.
 *
 * @param name request parameter with the query
 * @param query the parsed query
 * @param weight factor of its contribution to the fused score; 0 or greater
 */
public record RankedList(String name, Query query, float weight) {}
