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

  @Test
  public void underADeadlineTheBestCandidatesComeFirst() {
    windows(8).score(List.of(SHORT), Deadline.NONE);
    List<Passage> passages = Collections.nCopies(3_000, LONG);
    Scores scores =
        new PassageScorer(encoder, "harvest", Optional.of(8))
            .score(passages, Deadline.in(Duration.ofMillis(1500)));
    assertEquals(Outcome.PARTIAL, scores.outcome());
    assertTrue(scores.scored() > 0);
    assertFalse(Float.isNaN(scores.logits()[0]));
  }
}
