// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

/** What a place in a ranked list is worth, before the weight of the list. Thread-safe. */
sealed interface FusionMethod {

  /**
   * The part of one hit.
   *
   * @param rank from 1
   * @param score its score in the list
   * @param range the scores of the whole list
   * @return 0 or more
   */
  double part(int rank, float score, ScoreRange range);

  /** How {@link #part} came about, for explanations. */
  String formula(int rank, float score, ScoreRange range);

  /** What it is, for explanations. */
  String title();

  /** The lowest and the highest score of a list. */
  record ScoreRange(float lowest, float highest) {}

  /**
   * Reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009): the rank alone counts.
   *
   * @param k from 1: the larger, the less the first ranks stand out
   */
  record ReciprocalRank(int k) implements FusionMethod {

    @Override
    public double part(int rank, float score, ScoreRange range) {
      return 1.0 / (k + rank);
    }

    @Override
    public String formula(int rank, float score, ScoreRange range) {
      return "1/(" + k + "+" + rank + ")";
    }

    @Override
    public String title() {
      return "reciprocal rank fusion";
    }
  }

  /** Scores, scaled so that the list's lowest is 0 and its highest 1; all are 1 if none differs. */
  record MinMaxScore() implements FusionMethod {

    @Override
    public double part(int rank, float score, ScoreRange range) {
      double width = (double) range.highest() - range.lowest();
      return width > 0 ? ((double) score - range.lowest()) / width : 1;
    }

    @Override
    public String formula(int rank, float score, ScoreRange range) {
      return range.highest() > range.lowest()
          ? "("
              + score
              + "-"
              + range.lowest()
              + ")/("
              + range.highest()
              + "-"
              + range.lowest()
              + ")"
          : "1, as all scores of the list are equal";
    }

    @Override
    public String title() {
      return "linear fusion of min-max scaled scores";
    }
  }
}
