// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.queries.function.docvalues.FloatDocValues;

/** The values of one segment, for one thread. */
final class LogitValues extends FloatDocValues {

  private final LogitFunction source;
  private final LeafReaderContext leaf;
  private final Map<Integer, Float> known;

  // Lucene requests the same document several times in a row.
  private int lastDoc = -1;
  private float lastLogit;

  /**
   * The values of a segment.
   *
   * @param known logits by document number in the whole index
   */
  LogitValues(LogitFunction source, LeafReaderContext leaf, Map<Integer, Float> known) {
    super(source);
    this.source = source;
    this.leaf = leaf;
    this.known = known;
  }

  @Override
  public boolean exists(int doc) throws IOException {
    return !Float.isNaN(logit(doc));
  }

  @Override
  public float floatVal(int doc) throws IOException {
    return source.value(logit(doc));
  }

  private float logit(int doc) throws IOException {
    if (doc != lastDoc) {
      Float logit = known.get(leaf.docBase + doc);
      lastLogit = logit == null ? source.score(leaf, doc) : logit;
      lastDoc = doc;
    }
    return lastLogit;
  }
}
