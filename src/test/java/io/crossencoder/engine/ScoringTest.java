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
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Test;

/** The outcomes of a call: complete, partial, from the cache, or a full queue. */
public class ScoringTest {

  private final List<ModelRegistry> registries = new ArrayList<>();

  @After
  public void close() {
    registries.forEach(ModelRegistry::close);
  }

  private CrossEncoder encoder(int threads, int queue, long cacheBytes) {
    ModelRegistry registry = new ModelRegistry(new Settings(threads, queue, cacheBytes));
    registries.add(registry);
    return registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
  }

  private static List<String> passages(int count) {
    return IntStream.range(0, count).mapToObj(i -> i + " soldiers " + "march ".repeat(40)).toList();
  }

  @Test
  public void whatWasScoredOnceIsKnown() {
    CrossEncoder encoder = encoder(2, 1000, 1 << 20);
    Scores first = encoder.score("war", passages(30), Deadline.NONE);
    Scores second = encoder.score("war", passages(40), Deadline.NONE);
    assertEquals(0, first.work().cached());
    assertEquals(30, second.work().cached());
    assertEquals(40, second.scored());
    assertTrue(second.work().tokens() < first.work().tokens());
    assertArrayEquals(first.logits(), Arrays.copyOf(second.logits(), 30), 0);
    assertEquals(0, encoder.score("peace", passages(30), Deadline.NONE).work().cached());
  }

  @Test
  public void truncationIsKnownToo() {
    CrossEncoder encoder = encoder(1, 1000, 1 << 20);
    List<String> passages = List.of("short", "war ".repeat(5000));
    for (int round = 0; round < 2; round++) {
      Scores scores = encoder.score("war", passages, Deadline.NONE);
      assertFalse(scores.truncated()[0]);
      assertTrue(scores.truncated()[1]);
      assertEquals(2L * round, scores.work().cached());
    }
  }

  @Test
  public void equalPassagesAreScoredOnce() {
    List<String> passages = new ArrayList<>(passages(30));
    passages.addAll(passages(10));
    for (long cacheBytes : new long[] {0, 1 << 20}) {
      CrossEncoder encoder = encoder(2, 1000, cacheBytes);
      Scores scores = encoder.score("war", passages, Deadline.NONE);
      int tokens = encoder.score("war\u0001", passages(30), Deadline.NONE).work().tokens();
      assertEquals(40, scores.scored());
      assertEquals(10, scores.work().shared());
      assertEquals(tokens, scores.work().tokens());
      assertArrayEquals(
          Arrays.copyOf(scores.logits(), 10), Arrays.copyOfRange(scores.logits(), 30, 40), 0);
    }
  }

  @Test
  public void theCacheCanBeSwitchedOff() {
    CrossEncoder encoder = encoder(1, 1000, 0);
    encoder.score("war", passages(5), Deadline.NONE);
    assertEquals(0, encoder.score("war", passages(5), Deadline.NONE).work().cached());
  }

  @Test
  public void aDeadlineThatIsPastScoresNothing() {
    Scores scores = encoder(2, 1000, 0).score("war", passages(20), Deadline.in(Duration.ZERO));
    assertEquals(Outcome.PARTIAL, scores.outcome());
    assertEquals(0, scores.scored());
  }

  /**
   * Of 400 passages, 200 are available in time; the time is increased until it is sufficient for
   * some of them.
   */
  @Test(timeout = 300_000)
  public void aDeadlineCutsOffTheLastCandidates() {
    encoder(1, 100_000, 0);
    CrossEncoder encoder = registries.get(0).openUncached().get(0);
    int scored = 0;
    for (int millis = 100; scored == 0; millis *= 2) {
      Deadline deadline = Deadline.in(Duration.ofMillis(millis));
      Scores scores = encoder.score("war", new LateList<>(passages(400), 200, deadline), deadline);
      assertEquals(Outcome.PARTIAL, scores.outcome());
      scored = scores.scored();
      int last = -1;
      for (int i = 0; i < scores.logits().length; i++) {
        last = Float.isNaN(scores.logits()[i]) ? last : i;
      }
      assertTrue("last " + last, last < 200);
      // The best come first, in groups of 16; a batch of the next group may be running.
      assertTrue(scored + " scored, last " + last, last <= scored + 32);
    }
  }
}
