// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import io.crossencoder.model.Scores.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class BestWindowTest {

  @Test
  public void aPassageWithAWindowUnscoredIsUnscored() {
    List<Windows> windows =
        List.of(
            new Windows(List.of("a", "b"), false),
            new Windows(List.of("c", "d"), false),
            Windows.NONE);
    Scores given =
        new Scores(
            new float[] {1, 2, 3, Float.NaN},
            new boolean[4],
            List.of("a", "b", "c", "d"),
            new Scores.Work(0, 0, 0, 9, 1, 0),
            Outcome.COMPLETE,
            Optional.empty());
    Scores folded = PassageScorer.ofBest(windows, given);
    assertArrayEquals(new float[] {2, Float.NaN, Float.NaN}, folded.logits(), 0);
    assertEquals(List.of("b", "", ""), folded.texts());
    assertEquals(1, folded.scored());
    assertEquals(4, folded.work().windows());
    assertEquals(Outcome.PARTIAL, folded.outcome());
  }
}
