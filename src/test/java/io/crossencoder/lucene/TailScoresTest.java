// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Random;
import org.apache.lucene.search.ScoreDoc;
import org.junit.Test;

/** Tail scores are below all rescored documents, in the order of the first-pass scores. */
public class TailScoresTest {

  @Test
  public void aHigherFirstPassScoreIsNeverALowerTailScore() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      float a = (float) Math.exp(random.nextDouble() * 40 - 20);
      float b = (float) Math.exp(random.nextDouble() * 40 - 20);
      assertTrue(a + " and " + b, TailScores.of(Math.max(a, b)) >= TailScores.of(Math.min(a, b)));
    }
  }

  @Test
  public void scoresThatDifferStayApartHoweverLargeOrClose() {
    for (float score = 1e-6f; score < 1e12f; score *= 1.01f) {
      assertTrue("" + score, TailScores.of(score) < TailScores.of(Math.nextUp(score)));
    }
  }

  @Test
  public void everyTailScoreIsBelowTheFloorAndAboveItsBottom() {
    for (float score :
        new float[] {
          0,
          Float.MIN_VALUE,
          1,
          1e6f,
          Float.MAX_VALUE,
          Float.POSITIVE_INFINITY,
          -1,
          -1e30f,
          Float.NEGATIVE_INFINITY,
          Float.NaN
        }) {
      float tail = TailScores.of(score);
      assertTrue(score + " became " + tail, tail >= -Float.MAX_VALUE);
      assertTrue(tail < TailScores.FLOOR);
    }
  }

  @Test
  public void whatIsNoScoreCountsAsNone() {
    assertEquals(TailScores.of(0), TailScores.of(-5), 0);
    assertEquals(TailScores.of(0), TailScores.of(Float.NaN), 0);
  }

  @Test
  public void aRescoredHitIsAFiniteNumberFromTheFloorOn() {
    assertEquals(1.5f, TailScores.above(1.5f), 0);
    assertEquals(-11.5f, TailScores.above(-11.5f), 0);
    assertEquals(-1e9f, TailScores.above(-1e9), 0);
    assertEquals(TailScores.FLOOR, TailScores.above(-1e25), 0);
    assertEquals(TailScores.FLOOR, TailScores.above(Float.NEGATIVE_INFINITY), 0);
    assertEquals(TailScores.FLOOR, TailScores.above(Float.NaN), 0);
    assertEquals(Float.MAX_VALUE, TailScores.above(Float.POSITIVE_INFINITY), 0);
  }

  @Test
  public void theHitsBeforeTheTailKeepTheirScores() {
    ScoreDoc[] hits = {new ScoreDoc(1, 3), new ScoreDoc(2, 2), new ScoreDoc(3, 1)};
    TailScores.apply(hits, 1);
    assertEquals(3, hits[0].score, 0);
    assertEquals(TailScores.of(2), hits[1].score, 0);
    assertEquals(TailScores.of(1), hits[2].score, 0);
  }
}
