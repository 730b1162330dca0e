// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import io.crossencoder.solr.fusion.FusionMethod.ScoreRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.solr.search.QueryUtils;

/** The result of a {@link FusionQuery} in one index. Immutable. */
final class FusedHits {

  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble((Hit hit) -> hit.sum)
          .reversed()
          .thenComparing(hit -> hit.ranks, FusedHits::byRanks);

  private final Object index;
  private final int[] docs;
  private final Hit[] hits;
  private final List<ScoreRange> ranges;

  private FusedHits(Object index, List<Hit> hits, List<ScoreRange> ranges) {
    this.index = index;
    this.hits = hits.toArray(Hit[]::new);
    Arrays.sort(this.hits, Comparator.comparingInt(hit -> hit.doc));
    this.docs = Arrays.stream(this.hits).mapToInt(hit -> hit.doc).toArray();
    this.ranges = ranges;
  }

  /** A document in at least one list. */
  static final class Hit {
    private final int doc;
    private final int[] ranks;
    private final float[] listScores;
    private double sum;
    private float score;

    private Hit(int doc, int lists) {
      this.doc = doc;
      this.ranks = new int[lists];
      this.listScores = new float[lists];
    }

    /** The fused score. */
    float score() {
      return score;
    }

    /** The rank in a list, from 1; 0 if the document is not in the list. */
    int rank(int list) {
      return ranks[list];
    }

    /** The score in a list; 0 if the document is not in the list. */
    float score(int list) {
      return listScores[list];
    }
  }

  /** Runs each query with the filters, and fuses the results. */
  static FusedHits search(
      FusionQuery query, Optional<Query> filter, IndexSearcher searcher, Object index)
      throws IOException {
    List<RankedList> lists = query.lists();
    Map<Integer, Hit> found = new HashMap<>();
    List<ScoreRange> ranges = new ArrayList<>();
    for (int list = 0; list < lists.size(); list++) {
      Query filtered = within(lists.get(list).query(), filter);
      ScoreDoc[] top = searcher.search(filtered, query.depth()).scoreDocs;
      ScoreRange range =
          top.length == 0
              ? new ScoreRange(0, 0)
              : new ScoreRange(top[top.length - 1].score, top[0].score);
      ranges.add(range);
      for (int rank = 1; rank <= top.length; rank++) {
        ScoreDoc each = top[rank - 1];
        Hit hit = found.computeIfAbsent(each.doc, doc -> new Hit(doc, lists.size()));
        hit.ranks[list] = rank;
        hit.listScores[list] = each.score;
        hit.sum += lists.get(list).weight() * query.method().part(rank, each.score, range);
      }
    }
    List<Hit> hits = new ArrayList<>(found.values());
    hits.sort(BEST_FIRST);
    score(hits);
    return new FusedHits(index, hits, ranges);
  }

  private static Query within(Query list, Optional<Query> filter) {
    Query queryable = QueryUtils.makeQueryable(list);
    return filter
        .<Query>map(
            query ->
                new BooleanQuery.Builder()
                    .add(queryable, Occur.MUST)
                    .add(query, Occur.FILTER)
                    .build())
        .orElse(queryable);
  }

  /**
   * Makes the scores unique. Lucene orders equal scores by document number, which differs between
   * replicas; therefore a document whose score would equal that of the next one gets the next
   * larger float.
   */
  private static void score(List<Hit> bestFirst) {
    float below = Float.NEGATIVE_INFINITY;
    for (int i = bestFirst.size() - 1; i >= 0; i--) {
      Hit hit = bestFirst.get(i);
      hit.score = Math.max((float) hit.sum, Math.nextUp(below));
      below = hit.score;
    }
  }

  /** If the sums are equal, the better rank in the first list with a difference decides. */
  private static int byRanks(int[] one, int[] other) {
    for (int list = 0; list < one.length; list++) {
      // Rank 0, not in the list, comes after all ranks.
      int order = Integer.compareUnsigned(one[list] - 1, other[list] - 1);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Key of the index. */
  Object index() {
    return index;
  }

  /** The document numbers of all hits, ascending. Must not be changed. */
  int[] docs() {
    return docs;
  }

  /** The hit with this document number in the whole index. */
  Optional<Hit> hit(int doc) {
    int place = Arrays.binarySearch(docs, doc);
    return place < 0 ? Optional.empty() : Optional.of(hits[place]);
  }

  /** The range of the scores of a list. */
  ScoreRange range(int list) {
    return ranges.get(list);
  }
}
