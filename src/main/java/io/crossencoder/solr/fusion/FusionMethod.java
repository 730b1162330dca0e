// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

/**
 * A method that computes the contribution of a rank in a list, before the weight of the list.
 * Thread-safe.
 */
sealed interface FusionMethod {

  /**
   * The contribution of one hit.
   *
   * @param rank rank from 1
   * @param score score in the list
   * @param range range of the scores in the list
   * @return 0 or greater
   */
  double part(int rank, float score, ScoreRange range);

  /** The calculation of {@link #part}, for explanations. */
  String formula(int rank, float score, ScoreRange range);

  /** Name of the method, for explanations. */
  String title();

  /** The lowest and the highest score of a list. */
  record ScoreRange(float lowest, float highest) {}

  /**
   * Reciprocal rank fusion (Cormack, Clarke, Büttcher, SIGIR 2009), which uses only the ranks.
   *
   * @param k 1 or greater; the larger, the smaller the advantage of the first ranks
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

  /**
   * Scores, scaled per list to 0 for the lowest and 1 for the highest; all are 1 if they are equal.
   */
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
          : "1, because all scores of the list are equal";
    }

    @Override
    public String title() {
      return "linear fusion of min-max scaled scores";
    }
  }
}
