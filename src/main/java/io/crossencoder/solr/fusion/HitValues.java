// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;

/** Values from the result of a fusion in one index; Lucene must not cache them. */
abstract class HitValues extends DoubleValuesSource {

  @Override
  public final boolean needsScores() {
    return false;
  }

  @Override
  public DoubleValuesSource rewrite(IndexSearcher searcher) {
    return this;
  }

  @Override
  public final boolean isCacheable(LeafReaderContext leaf) {
    return false;
  }

  /** The values of a segment by its document numbers. */
  static DoubleValues values(IntFunction<Optional<Float>> valueOf) {
    return new DoubleValues() {
      private double value;

      @Override
      public double doubleValue() {
        return value;
      }

      @Override
      public boolean advanceExact(int doc) {
        Optional<Float> found = valueOf.apply(doc);
        value = found.orElse(0f);
        return found.isPresent();
      }
    };
  }
}
