// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.page;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.lucene.search.FieldComparator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Pruning;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.solr.handler.component.ShardDoc;

/** The order of hits with equal final scores: the sort criteria after the score. */
public final class TieOrder {

  private TieOrder() {}

  /**
   * Whether the score is the first criterion. Elevation adds a criterion before it.
   *
   * @param sort sort of the request; null if there is none
   */
  public static boolean isByScore(Sort sort) {
    return sort == null
        || Arrays.stream(sort.getSort())
            .filter(by -> !Elevation.FIELD.equals(by.getField()))
            .findFirst()
            .map(by -> by.equals(SortField.FIELD_SCORE))
            .orElse(true);
  }

  /**
   * Compares by all criteria after the score.
   *
   * @param sort sort of the request; null if there is none
   */
  public static Comparator<ScoreDoc> of(Sort sort, IndexSearcher searcher) throws IOException {
    Comparator<ScoreDoc> order = Comparator.comparing(hit -> 0);
    if (sort == null) {
      return order;
    }
    SortField[] criteria = sort.rewrite(searcher).getSort();
    boolean behindScore = false;
    for (int place = 0; place < criteria.length; place++) {
      if (behindScore) {
        order = order.thenComparing(by(criteria[place], place));
      }
      behindScore |= criteria[place].getType() == SortField.Type.SCORE;
    }
    return order;
  }

  /**
   * Sets the values of these criteria for a hit of a shard, like a search in one core.
   *
   * @param sort sort of the requests to the shards; null if it is only the score
   */
  public static void fill(ShardDoc hit, Sort sort) {
    SortField[] criteria = sort == null ? new SortField[0] : sort.getSort();
    hit.fields = new Object[criteria.length];
    int sent = 0;
    for (int place = 0; place < criteria.length; place++) {
      // Shards send no values for scores and document numbers.
      hit.fields[place] =
          switch (criteria[place].getType()) {
            case SCORE -> hit.score;
            case DOC -> hit.orderInShard;
            default -> hit.sortFieldValues.getVal(sent++).get(hit.orderInShard);
          };
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // The values are from this sort field.
  private static Comparator<ScoreDoc> by(SortField criterion, int place) {
    FieldComparator comparator = criterion.getComparator(1, Pruning.NONE);
    Comparator<ScoreDoc> order =
        (one, other) ->
            comparator.compareValues(
                ((FieldDoc) one).fields[place], ((FieldDoc) other).fields[place]);
    return criterion.getReverse() ? order.reversed() : order;
  }
}
