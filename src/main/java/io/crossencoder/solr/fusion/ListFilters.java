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
 * The filters of the request that restrict each list before its hits are counted.
 *
 * @param queries those of {@code fq}; post filters, such as collapse, are left to Solr
 */
record ListFilters(List<Query> queries) {

  static final ListFilters NONE = new ListFilters(List.of());

  ListFilters {
    queries = queries.stream().filter(query -> !isPostFilter(query)).toList();
  }

  private static boolean isPostFilter(Query query) {
    // As Solr decides it.
    return query instanceof PostFilter filter && !filter.getCache() && filter.getCost() >= 100;
  }

  /** All of them as one query; none if there are no filters. */
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
    // Solr 10 searches with a plain Lucene searcher when the request has a time limit.
    return cached && searcher instanceof SolrIndexSearcher solr
        ? solr.getDocSet(query).makeQuery()
        : QueryUtils.makeQueryable(query);
  }
}
