// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The passages of candidates. Only passages with text are scored: a missing text says nothing about
 * relevance.
 *
 * @param passages one per candidate; null if the deadline expired before it was read
 */
record ReadPassages(List<Passage> passages) {

  /** Indices of the passages that are scored. */
  private int[] places() {
    return IntStream.range(0, passages.size())
        .filter(place -> passages.get(place) != null && !passages.get(place).isEmpty())
        .toArray();
  }

  List<Passage> withText() {
    return Arrays.stream(places()).mapToObj(passages::get).toList();
  }

  /** Number of candidates without text. */
  int empty() {
    return (int) passages.stream().filter(each -> each != null && each.isEmpty()).count();
  }

  /**
   * Maps the scores of the passages with text to all candidates. The outcome is at most partial if
   * some passages were not read.
   */
  Scores spread(Scores scores) {
    int[] places = places();
    float[] logits = new float[passages.size()];
    Arrays.fill(logits, Float.NaN);
    boolean[] truncated = new boolean[passages.size()];
    String[] texts = new String[passages.size()];
    Arrays.fill(texts, "");
    for (int i = 0; i < places.length; i++) {
      logits[places[i]] = scores.logits()[i];
      truncated[places[i]] = scores.truncated()[i];
      texts[places[i]] = scores.texts().get(i);
    }
    boolean isUnread = passages.contains(null);
    Scores.Outcome outcome =
        isUnread && scores.outcome() == Scores.Outcome.COMPLETE
            ? Scores.Outcome.PARTIAL
            : scores.outcome();
    return new Scores(logits, truncated, List.of(texts), scores.work(), outcome, scores.failure());
  }
}
