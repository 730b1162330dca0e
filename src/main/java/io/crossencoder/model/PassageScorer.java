// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.Optional;

/**
 * Scores passages of any length for one query: what the model reads of their beginning, or the best
 * of their windows. A passage that fits has the same logit either way. Thread-safe.
 *
 * @param encoder the model
 * @param query what the user looks for
 * @param maxWindows how many windows of a passage are scored, at most, 1 or more; none: only its
 *     beginning is
 */
public record PassageScorer(CrossEncoder encoder, String query, Optional<Integer> maxWindows) {

  /**
   * Scores each passage, as {@link CrossEncoder#score} does.
   *
   * @param passages best candidate first
   * @param deadline when to stop; windows are cut in the first half of the time, as what is cut
   *     later would not be scored
   * @return one logit a passage, in the order of the passages
   */
  public PassageScores score(List<Passage> passages, Deadline deadline) {
    if (maxWindows.isEmpty()) {
      List<String> wholes = passages.stream().map(Passage::whole).toList();
      return PassageScores.ofWhole(encoder.score(query, wholes, deadline), wholes);
    }
    // Nobody is served by windows that there is no time left to score.
    Deadline halfway = deadline.halfway();
    List<Windows> windows =
        passages.stream().map(passage -> cut(passage, maxWindows.get(), halfway)).toList();
    List<String> texts = windows.stream().flatMap(each -> each.texts().stream()).toList();
    return PassageScores.ofBest(windows, encoder.score(query, texts, deadline));
  }

  private Windows cut(Passage passage, int most, Deadline end) {
    return end.remainingNanos() <= 0 ? Windows.NONE : encoder.windows(query, passage, most);
  }
}
