// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Scores passages of any length for one query, either by their beginning or by their
 * highest-scoring window or value. A passage that fits into the model has the same logit in both
 * cases. Thread-safe.
 *
 * @param encoder the model
 * @param query text of the query
 * @param maxWindows maximum number of windows per passage, 1 or greater; none: only the beginning
 *     is scored. The number of values is limited when the passage is read
 */
public record PassageScorer(CrossEncoder encoder, String query, Optional<Integer> maxWindows) {

  /**
   * Checks the values.
   *
   * @param encoder the model
   * @param query text of the query
   * @param maxWindows maximum number of windows per passage
   * @throws NullPointerException if a value is null
   * @throws IllegalArgumentException if {@code maxWindows} is less than 1
   */
  public PassageScorer {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(query, "query");
    if (maxWindows.isPresent() && maxWindows.get() < 1) {
      throw new IllegalArgumentException("maxWindows must be at least 1: " + maxWindows.get());
    }
  }

  /**
   * Scores each passage, like {@link CrossEncoder#score}.
   *
   * @param passages best candidate first
   * @param deadline when to stop; passages are split into windows during the first half of the time
   *     only
   * @return one logit per passage, in the order of the passages
   */
  public Scores score(List<Passage> passages, Deadline deadline) {
    if (maxWindows.isEmpty()) {
      return encoder.score(query, passages.stream().map(Passage::whole).toList(), deadline);
    }
    // Windows that are made later could not be scored within the deadline.
    Deadline halfway = deadline.halfway();
    List<Windows> windows =
        passages.stream().map(passage -> cut(passage, maxWindows.get(), halfway)).toList();
    List<String> texts = windows.stream().flatMap(each -> each.texts().stream()).toList();
    return ofBest(windows, encoder.score(query, texts, deadline));
  }

  private Windows cut(Passage passage, int most, Deadline end) {
    if (end.remainingNanos() <= 0) {
      return Windows.NONE;
    }
    return passage.values().orElseGet(() -> encoder.windows(query, passage, most));
  }

  /**
   * The logit of the highest-scoring window of each passage. If a window of a passage has no logit,
   * the passage has none, because that window could be the best.
   *
   * @param windows windows of each passage
   * @param scores scores of all windows, in the order of passages and windows
   */
  static Scores ofBest(List<Windows> windows, Scores scores) {
    float[] logits = new float[windows.size()];
    boolean[] truncated = new boolean[windows.size()];
    String[] best = new String[windows.size()];
    boolean complete = true;
    int from = 0;
    for (int passage = 0; passage < windows.size(); passage++) {
      List<String> texts = windows.get(passage).texts();
      int to = from + texts.size();
      int winner = best(scores.logits(), from, to);
      logits[passage] = winner < 0 ? Float.NaN : scores.logits()[winner];
      best[passage] = winner < 0 ? "" : texts.get(winner - from);
      truncated[passage] =
          winner >= 0 && (windows.get(passage).truncated() || any(scores.truncated(), from, to));
      complete &= winner >= 0;
      from = to;
    }
    Scores.Work work = scores.work();
    boolean partial = scores.outcome() == Scores.Outcome.COMPLETE && !complete;
    return new Scores(
        logits,
        truncated,
        List.of(best),
        new Scores.Work(
            work.cached(),
            work.shared(),
            from,
            work.tokens(),
            work.batches(),
            work.inferenceNanos()),
        partial ? Scores.Outcome.PARTIAL : scores.outcome(),
        scores.failure());
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
