// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Passages of candidates as they were read: only those with a text are scored. A document without
 * text in the fields says nothing of its relevance, and one that was not read in time neither.
 *
 * @param passages one a candidate; null where there was no time to read it
 */
record ReadPassages(List<Passage> passages) {

  /** Places of those that the model is asked for. */
  private int[] places() {
    return IntStream.range(0, passages.size())
        .filter(place -> passages.get(place) != null && !passages.get(place).isEmpty())
        .toArray();
  }

  List<Passage> withText() {
    return Arrays.stream(places()).mapToObj(passages::get).toList();
  }

  /** How many candidates have no text. */
  int empty() {
    return (int) passages.stream().filter(each -> each != null && each.isEmpty()).count();
  }

  /**
   * Scores of the passages with text as those of all: the others have none. If some were not read,
   * the time came first.
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
