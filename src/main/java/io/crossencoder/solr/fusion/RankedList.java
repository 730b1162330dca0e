// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import org.apache.lucene.search.Query;

/**
 * One of the queries that a {@link FusionQuery} fuses.
 *
 * @param name the request parameter that it was given in
 * @param query what finds and ranks its hits
 * @param weight by which its part of a fused score is multiplied; 0 or more
 */
public record RankedList(String name, Query query, float weight) {}
