// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class PassageScorerTest {

  private static final Passage SHORT = new Passage("Platoon", "A college dropout in Vietnam.");

  /** The relevant text is at the end, which the model does not process. */
  private static final Passage LONG =
      new Passage(
          "Letters",
          "A village waits for the harvest and for rain. ".repeat(60)
              + "The soldiers come home from the vietnam war.");

  private ModelRegistry registry;
  private CrossEncoder encoder;

  @Before
  public void open() {
    registry = new ModelRegistry(new Settings(2, 4_000, 1 << 20));
    encoder = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
  }

  @After
  public void close() {
    registry.close();
  }

  private PassageScorer head() {
    return new PassageScorer(encoder, "vietnam war", Optional.empty());
  }

  private PassageScorer windows(int most) {
    return new PassageScorer(encoder, "vietnam war", Optional.of(most));
  }

  @Test
  public void aPassageThatFitsHasTheSameLogitEitherWay() {
    Scores head = head().score(List.of(SHORT), Deadline.NONE);
    Scores best = windows(8).score(List.of(SHORT), Deadline.NONE);
    assertArrayEquals(head.logits(), best.logits(), 0);
    assertEquals("the cache knows it", 1, best.work().cached());
    assertEquals(List.of(SHORT.whole()), best.texts());
  }

  @Test
  public void theBestWindowWins() {
    Scores scores = windows(64).score(List.of(LONG), Deadline.NONE);
    List<String> windows = encoder.windows("vietnam war", LONG, 64).texts();
    float[] logits = encoder.score("vietnam war", windows, Deadline.NONE).logits();
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    assertEquals(windows.size(), scores.work().windows());
    assertEquals(logits[best], scores.logits()[0], 0);
    assertEquals(windows.get(best), scores.texts().get(0));
    assertTrue(scores.texts().get(0).startsWith("Letters\n\n"));
    assertTrue(scores.texts().get(0).endsWith("vietnam war."));
    assertFalse(scores.truncated()[0]);
    float head = head().score(List.of(LONG), Deadline.NONE).logits()[0];
    assertTrue("the head has not seen it", head < logits[best]);
  }

  @Test
  public void whatIsInNoWindowIsTruncated() {
    Scores scores = windows(1).score(List.of(SHORT, LONG), Deadline.NONE);
    assertFalse(scores.truncated()[0]);
    assertTrue(scores.truncated()[1]);
    assertEquals(Outcome.COMPLETE, scores.outcome());
  }

  @Test
  public void windowsOfAllPassagesShareTheBatches() {
    Scores scores = windows(8).score(Collections.nCopies(10, SHORT), Deadline.NONE);
    assertEquals(10, scores.work().windows());
    assertTrue(scores.work().batches() < 10);
  }

  @Test
  public void aDeadlineThatIsPastCutsNothing() {
    Scores scores = windows(8).score(List.of(LONG), Deadline.in(Duration.ZERO));
    assertEquals(0, scores.work().windows());
    assertEquals(Outcome.PARTIAL, scores.outcome());
  }

  /**
   * Of 40 passages, 20 are available in the first half of the time, in which windows are made; the
   * time is increased until it is sufficient for some of them.
   */
  @Test(timeout = 300_000)
  public void underADeadlineTheBestCandidatesComeFirst() {
    PassageScorer scorer = new PassageScorer(encoder, "harvest", Optional.of(8));
    List<Passage> passages =
        IntStream.range(0, 40).mapToObj(i -> new Passage("Letter " + i, LONG.text())).toList();
    int scored = 0;
    for (int millis = 100; scored == 0; millis *= 2) {
      Deadline late = Deadline.in(Duration.ofMillis(millis));
      Deadline deadline = Deadline.in(Duration.ofMillis(millis * 3L / 2));
      Scores scores = scorer.score(new LateList<>(passages, 20, late), deadline);
      assertEquals(Outcome.PARTIAL, scores.outcome());
      scored = scores.scored();
      int last = -1;
      for (int i = 0; i < 40; i++) {
        last = Float.isNaN(scores.logits()[i]) ? last : i;
      }
      assertTrue("last " + last, last < 20);
      // In groups of 16 windows of two passages, and a running batch of the next group.
      assertTrue(scored + " scored, last " + last, last <= scored + 4);
    }
  }
}
