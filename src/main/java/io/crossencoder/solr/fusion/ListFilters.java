// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.solr.search.ExtendedQuery;
import org.apache.solr.search.PostFilter;
import org.apache.solr.search.QueryUtils;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * The filters of the request, which restrict each list before its hits are counted.
 *
 * @param queries filters from {@code fq}; Solr applies post filters, such as collapse, itself
 */
record ListFilters(List<Query> queries) {

  static final ListFilters NONE = new ListFilters(List.of());

  ListFilters {
    queries = queries.stream().filter(query -> !isPostFilter(query)).toList();
  }

  private static boolean isPostFilter(Query query) {
    // The same condition as in Solr.
    return query instanceof PostFilter filter && !filter.getCache() && filter.getCost() >= 100;
  }

  /** All filters as one query; empty if there are no filters. */
  Optional<Query> query(IndexSearcher searcher) throws IOException {
    if (queries.isEmpty()) {
      return Optional.empty();
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (Query query : queries) {
      all.add(ofOne(query, searcher), Occur.FILTER);
    }
    return Optional.of(all.build());
  }

  private static Query ofOne(Query query, IndexSearcher searcher) throws IOException {
    boolean cached = !(query instanceof ExtendedQuery extended) || extended.getCache();
    // Solr 10 uses a plain Lucene searcher if the request has a time limit.
    return cached && searcher instanceof SolrIndexSearcher solr
        ? solr.getDocSet(query).makeQuery()
        : QueryUtils.makeQueryable(query);
  }
}
