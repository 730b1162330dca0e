// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.Results.Answer;
import io.crossencoder.tools.evaluation.measures.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A query without and with reranking.
 *
 * @param value change of its nDCG
 */
record Delta(Answer firstPass, Answer answer, double value) {
  // Tolerance for sums in a different order.
  private static final double EQUAL = 1e-9;

  /** The changes of all queries, the largest improvement first. */
  static List<Delta> of(Results firstPass, Results results) {
    List<Delta> deltas = new ArrayList<>();
    for (int i = 0; i < results.answers().size(); i++) {
      Answer before = firstPass.answers().get(i);
      Answer after = results.answers().get(i);
      double value = after.values().get(Measure.NDCG) - before.values().get(Measure.NDCG);
      deltas.add(new Delta(before, after, Math.abs(value) < EQUAL ? 0 : value));
    }
    deltas.sort(Comparator.comparing(Delta::value, Comparator.reverseOrder()));
    return deltas;
  }
}
