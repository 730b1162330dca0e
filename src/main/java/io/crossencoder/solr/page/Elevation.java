// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldComparator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Pruning;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.solr.common.params.QueryElevationParams;
import org.apache.solr.handler.component.QueryElevationComponent;
import org.apache.solr.handler.component.ShardDoc;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.FieldType;

/** The ranks of elevated documents: Solr sorts by a separate criterion before the score. */
public final class Elevation {

  /** Field name of that criterion. */
  static final String FIELD = "_elevate_";

  private Elevation() {}

  /**
   * The rank of each document: higher is better, 0 if it is not elevated.
   *
   * @param sort sort of the request; null if there is none, and no document is elevated
   */
  public static IntUnaryOperator of(Sort sort, IndexSearcher searcher) {
    if (sort != null) {
      for (SortField criterion : sort.getSort()) {
        if (FIELD.equals(criterion.getField())) {
          return by(criterion.getComparator(1, Pruning.NONE), searcher);
        }
      }
    }
    return doc -> 0;
  }

  /** The ranks of hits of shards, which send no values for that criterion. */
  @SuppressWarnings("unchecked") // The context is untyped; Solr's component stores a set.
  public static ToIntFunction<ShardDoc> overShards(SolrQueryRequest request) {
    Object elevated = request.getContext().get(QueryElevationComponent.BOOSTED);
    if (elevated == null) {
      return hit -> 0;
    }
    List<BytesRef> order = List.copyOf((Set<BytesRef>) elevated);
    boolean inOrder =
        request.getParams().getBool(QueryElevationParams.USE_CONFIGURED_ELEVATED_ORDER, true);
    FieldType key = request.getSchema().getUniqueKeyField().getType();
    return hit -> {
      BytesRefBuilder id = new BytesRefBuilder();
      key.readableToIndexed(hit.id.toString(), id);
      int place = order.indexOf(id.get());
      return place < 0 ? 0 : inOrder ? order.size() - place : 1;
    };
  }

  private static IntUnaryOperator by(FieldComparator<?> comparator, IndexSearcher searcher) {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    return doc -> {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
      try {
        comparator.getLeafComparator(leaf).copy(0, doc - leaf.docBase);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Math.max(0, (Integer) comparator.value(0));
    };
  }
}
