// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;

/**
 * What one call of {@link PassageScorer#score} gave.
 *
 * @param scores one logit a passage. Of windows, {@link Scores#cached}, {@link Scores#tokens} and
 *     {@link Scores#batches} count the windows, all else the passages
 * @param windows how many windows the passages were cut into; 0 if they were not
 * @param best of each passage, the text that its logit is of: the whole of it, or its best window;
 *     an empty text if no window is known to be the best
 */
public record PassageScores(Scores scores, int windows, List<String> best) {

  /** Of passages that were not cut. */
  static PassageScores ofWhole(Scores scores, List<String> passages) {
    return new PassageScores(scores, 0, passages);
  }

  /**
   * The best window of each passage. A passage of which some windows have no logit has none: the
   * best may be among them.
   *
   * @param windows of each passage
   * @param scores of all these windows, one passage's after the other's
   * @return as many as there are passages
   */
  public static PassageScores ofBest(List<Windows> windows, Scores scores) {
    float[] logits = new float[windows.size()];
    boolean[] truncated = new boolean[windows.size()];
    String[] best = new String[windows.size()];
    int scored = 0;
    int from = 0;
    for (int passage = 0; passage < windows.size(); passage++) {
      List<String> texts = windows.get(passage).texts();
      int to = from + texts.size();
      int winner = best(scores.logits(), from, to);
      logits[passage] = winner < 0 ? Float.NaN : scores.logits()[winner];
      best[passage] = winner < 0 ? "" : texts.get(winner - from);
      truncated[passage] =
          winner >= 0 && (windows.get(passage).truncated() || any(scores.truncated(), from, to));
      scored += winner < 0 ? 0 : 1;
      from = to;
    }
    Scores folded =
        new Scores(
            logits,
            truncated,
            scored,
            scores.cached(),
            scores.tokens(),
            scores.batches(),
            scores.inferenceNanos(),
            scores.outcome() == Scores.Outcome.COMPLETE && scored < logits.length
                ? Scores.Outcome.PARTIAL
                : scores.outcome(),
            scores.failure());
    return new PassageScores(folded, from, List.of(best));
  }

  private static int best(float[] logits, int from, int to) {
    int best = -1;
    for (int i = from; i < to; i++) {
      if (Float.isNaN(logits[i])) {
        return -1;
      }
      best = best < 0 || logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private static boolean any(boolean[] flags, int from, int to) {
    for (int i = from; i < to; i++) {
      if (flags[i]) {
        return true;
      }
    }
    return false;
  }
}
