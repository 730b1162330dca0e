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
import io.crossencoder.model.PassageScores;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import io.crossencoder.model.Windows;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class PassageScorerTest {

  private static final Passage SHORT = new Passage("Platoon", "A college dropout in Vietnam.");

  /** What matters is said at the end, where the model does not read. */
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
    PassageScores head = head().score(List.of(SHORT), Deadline.NONE);
    PassageScores best = windows(8).score(List.of(SHORT), Deadline.NONE);
    assertArrayEquals(head.scores().logits(), best.scores().logits(), 0);
    assertEquals("the cache knows it", 1, best.scores().cached());
    assertEquals(List.of(SHORT.whole()), best.best());
  }

  @Test
  public void theBestWindowWins() {
    PassageScores scores = windows(64).score(List.of(LONG), Deadline.NONE);
    List<String> windows = encoder.windows("vietnam war", LONG, 64).texts();
    float[] logits = encoder.score("vietnam war", windows, Deadline.NONE).logits();
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    assertEquals(windows.size(), scores.windows());
    assertEquals(logits[best], scores.scores().logits()[0], 0);
    assertEquals(windows.get(best), scores.best().get(0));
    assertTrue(scores.best().get(0).startsWith("Letters\n\n"));
    assertTrue(scores.best().get(0).endsWith("vietnam war."));
    assertFalse(scores.scores().truncated()[0]);
    float head = head().score(List.of(LONG), Deadline.NONE).scores().logits()[0];
    assertTrue("the head has not seen it", head < logits[best]);
  }

  @Test
  public void whatIsInNoWindowIsTruncated() {
    PassageScores scores = windows(1).score(List.of(SHORT, LONG), Deadline.NONE);
    assertFalse(scores.scores().truncated()[0]);
    assertTrue(scores.scores().truncated()[1]);
    assertEquals(Outcome.COMPLETE, scores.scores().outcome());
  }

  @Test
  public void windowsOfAllPassagesShareTheBatches() {
    PassageScores scores = windows(8).score(Collections.nCopies(10, SHORT), Deadline.NONE);
    assertEquals(10, scores.windows());
    assertTrue(scores.scores().batches() < 10);
  }

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
            3,
            0,
            9,
            1,
            0,
            Outcome.COMPLETE,
            Optional.empty());
    PassageScores folded = PassageScores.ofBest(windows, given);
    assertArrayEquals(new float[] {2, Float.NaN, Float.NaN}, folded.scores().logits(), 0);
    assertEquals(List.of("b", "", ""), folded.best());
    assertEquals(1, folded.scores().scored());
    assertEquals(Outcome.PARTIAL, folded.scores().outcome());
  }

  @Test
  public void aDeadlineThatIsPastCutsNothing() {
    PassageScores scores = windows(8).score(List.of(LONG), Deadline.in(Duration.ZERO));
    assertEquals(0, scores.windows());
    assertEquals(Outcome.PARTIAL, scores.scores().outcome());
  }

  @Test
  public void underADeadlineTheBestCandidatesComeFirst() {
    windows(8).score(List.of(SHORT), Deadline.NONE);
    List<Passage> passages = Collections.nCopies(3_000, LONG);
    PassageScores scores =
        new PassageScorer(encoder, "harvest", Optional.of(8))
            .score(passages, Deadline.in(Duration.ofMillis(1500)));
    assertEquals(Outcome.PARTIAL, scores.scores().outcome());
    assertTrue(scores.scores().scored() > 0);
    assertFalse(Float.isNaN(scores.scores().logits()[0]));
  }
}
