// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldComparator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Pruning;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/** What an editor put on top: Solr's elevation sorts by a criterion of its own before the score. */
public final class Elevation {

  /** The field of that criterion. */
  public static final String FIELD = "_elevate_";

  private Elevation() {}

  /**
   * For each document the higher the further up it belongs, and 0 for all that are not elevated.
   *
   * @param sort of the request; null if it names none, and nothing is elevated
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
