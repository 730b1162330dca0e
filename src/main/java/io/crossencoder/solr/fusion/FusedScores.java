// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.Explanation;

/** The fused scores of the hits in one index. Equal only to itself. */
final class FusedScores extends HitValues {

  private final FusionQuery query;
  private final FusedHits hits;

  FusedScores(FusionQuery query, FusedHits hits) {
    this.query = query;
    this.hits = hits;
  }

  @Override
  public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) {
    return values(doc -> hits.hit(leaf.docBase + doc).map(FusedHits.Hit::score));
  }

  @Override
  public Explanation explain(LeafReaderContext leaf, int doc, Explanation ofDocument) {
    Optional<FusedHits.Hit> found = hits.hit(leaf.docBase + doc);
    if (found.isEmpty()) {
      return Explanation.noMatch("not in any list");
    }
    FusedHits.Hit hit = found.get();
    List<Explanation> parts = new ArrayList<>();
    for (int list = 0; list < query.lists().size(); list++) {
      parts.add(part(list, hit));
    }
    return Explanation.match(hit.score(), query.method().title() + ", sum of:", parts);
  }

  private Explanation part(int list, FusedHits.Hit hit) {
    RankedList given = query.lists().get(list);
    String name = "list " + (list + 1) + " (" + given.name() + ")";
    int rank = hit.rank(list);
    if (rank == 0) {
      return Explanation.match(0f, "not among the first " + query.depth() + " of " + name);
    }
    float score = hit.score(list);
    double part = query.method().part(rank, score, hits.range(list));
    String formula = query.method().formula(rank, score, hits.range(list));
    return Explanation.match(
        (float) (given.weight() * part),
        (given.weight() == 1 ? "" : given.weight() + " * ") + formula + ": " + name,
        Explanation.match(rank, "rank"),
        Explanation.match(score, "score"));
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return query.method().title();
  }
}
