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
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Test;

/** What a request gets: all of it, a part in time, what the cache knew, or word of the queue. */
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
    assertArrayEquals(first.logits(), java.util.Arrays.copyOf(second.logits(), 30), 0);
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

  @Test
  public void aDeadlineCutsOffTheLastCandidates() {
    CrossEncoder encoder = encoder(1, 100_000, 0);
    encoder.score("war", passages(50), Deadline.NONE);
    Scores scores = encoder.score("war", passages(5000), Deadline.in(Duration.ofMillis(600)));
    assertEquals(Outcome.PARTIAL, scores.outcome());
    int last = -1;
    for (int i = 0; i < scores.logits().length; i++) {
      last = Float.isNaN(scores.logits()[i]) ? last : i;
    }
    // The best come first, in tiers of 16 and a batch that may be under way in the next.
    assertTrue(scores.scored() + " scored, last " + last, last <= scores.scored() + 32);
  }

  @Test
  public void anInterruptEndsTheWaiting() throws Exception {
    CrossEncoder encoder = encoder(1, 100_000, 0);
    AtomicReference<Scores> scores = new AtomicReference<>();
    Thread client =
        new Thread(() -> scores.set(encoder.score("war", passages(20_000), Deadline.NONE)));
    client.start();
    while (client.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    client.interrupt();
    client.join(5_000);
    assertEquals(Outcome.PARTIAL, scores.get().outcome());
  }
}
