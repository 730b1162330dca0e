// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.solr.search.SortedIntDocSet;

/**
 * Fuses the top hits of several queries into one ranked list.
 *
 * <p>Like Lucene's nearest-neighbor query, it runs when it is rewritten for an index: each query
 * separately, up to {@link #depth()} hits. It matches exactly the hits of its lists.
 *
 * <p>Two fusions are equal if their lists, filters, depths and methods are. Thread-safe.
 */
public final class FusionQuery extends Query {

  private final List<RankedList> lists;
  private final ListFilters filters;
  private final int depth;
  private final FusionMethod method;

  /** The last result, because a request explains hits and reads ranks after its search. */
  private volatile SoftReference<FusedHits> found = new SoftReference<>(null);

  FusionQuery(List<RankedList> lists, ListFilters filters, int depth, FusionMethod method) {
    this.lists = List.copyOf(lists);
    this.filters = filters;
    this.depth = depth;
    this.method = method;
  }

  /** The first fusion in a query, in the order of its clauses; the query itself can be one. */
  public static Optional<FusionQuery> in(Query query) {
    AtomicReference<FusionQuery> first = new AtomicReference<>();
    query.visit(
        new QueryVisitor() {
          @Override
          public QueryVisitor getSubVisitor(Occur occur, Query parent) {
            if (parent instanceof FusionQuery fusion) {
              first.compareAndSet(null, fusion);
            }
            return this;
          }
        });
    return Optional.ofNullable(first.get());
  }

  /** The lists in the order of the request; at least one. */
  public List<RankedList> lists() {
    return lists;
  }

  /** Maximum number of hits per list. */
  public int depth() {
    return depth;
  }

  FusionMethod method() {
    return method;
  }

  /** The hits in the index of this searcher, from the last search or a new one. */
  FusedHits hits(IndexSearcher searcher) throws IOException {
    IndexReader.CacheHelper helper = searcher.getIndexReader().getReaderCacheHelper();
    // A new object if the reader can change, so that no earlier result matches.
    Object index = helper == null ? new Object() : helper.getKey();
    FusedHits known = found.get();
    if (known == null || known.index() != index) {
      known = FusedHits.search(this, filters.query(searcher), searcher, index);
      found = new SoftReference<>(known);
    }
    return known;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    FusedHits hits = hits(searcher);
    return new FunctionScoreQuery(
        new SortedIntDocSet(hits.docs()).makeQuery(), new FusedScores(this, hits));
  }

  @Override
  public void visit(QueryVisitor visitor) {
    QueryVisitor below = visitor.getSubVisitor(Occur.SHOULD, this);
    lists.forEach(list -> list.query().visit(below));
  }

  @Override
  public String toString(String field) {
    return lists.stream()
        .map(list -> list.name() + "=" + list.query().toString(field) + "^" + list.weight())
        .collect(Collectors.joining(", ", "fusion(" + method + ", depth=" + depth + ", ", ")"));
  }

  @Override
  public boolean equals(Object other) {
    return sameClassAs(other)
        && other instanceof FusionQuery that
        && depth == that.depth
        && lists.equals(that.lists)
        && filters.equals(that.filters)
        && method.equals(that.method);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), lists, filters, depth, method);
  }
}
