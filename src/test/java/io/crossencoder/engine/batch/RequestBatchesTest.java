// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.engine.tokens.PairTokenizer.FittedQuery;
import io.crossencoder.model.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.AfterClass;
import org.junit.Assert;
import org.junit.BeforeClass;
import org.junit.Test;

public class RequestBatchesTest {

  private static final ParallelFor LOOP = new ParallelFor(2);

  private static PairTokenizer tokenizer;

  @BeforeClass
  public static void load() {
    tokenizer = PairTokenizer.load(TestModels.STARTER.resolve("tokenizer.json"), 256);
  }

  @AfterClass
  public static void close() {
    LOOP.close();
    tokenizer.close();
    tokenizer = null;
  }

  /** 40 passages of increasing length. */
  private static RequestBatches batches(Deadline deadline) {
    List<String> passages = IntStream.range(1, 41).mapToObj("war "::repeat).toList();
    return batches("peace", passages, deadline);
  }

  private static RequestBatches batches(String query, List<String> passages, Deadline deadline) {
    int[] all = IntStream.range(0, passages.size()).toArray();
    FittedQuery fitted = tokenizer.fit(query);
    return new RequestBatches(
        100, LOOP, i -> tokenizer.encode(fitted, passages.get(i)), all, deadline);
  }

  private static List<Integer> pairs(List<Batch> batches) {
    List<Integer> pairs = new ArrayList<>();
    batches.forEach(batch -> batch.pairs().forEach(pair -> pairs.add(pair.index())));
    return pairs;
  }

  @Test
  public void withoutADeadlineTheLongestPassageOfAllIsFirst() {
    RequestBatches batches = batches(Deadline.NONE);
    assertEquals(39, (int) pairs(batches.next()).get(0));
    assertFalse(batches.hasNext());
  }

  @Test
  public void withOneTheBestCandidatesComeATierAtATime() {
    RequestBatches batches = batches(Deadline.in(Duration.ofHours(1)));
    for (int from = 0; from < 40; from += RequestBatches.TIER) {
      List<Batch> next = batches.next();
      assertTrue("the shortest are first", pairs(next.subList(0, 1)).contains(from));
      List<Integer> tier = new ArrayList<>(pairs(next));
      tier.sort(null);
      int to = Math.min(40, from + RequestBatches.TIER);
      assertEquals(IntStream.range(from, to).boxed().toList(), tier);
    }
    assertFalse(batches.hasNext());
  }

  @Test
  public void aDeadlineThatPassesEndsTheTokenizing() throws Exception {
    RequestBatches batches;
    Deadline deadline;
    int millis = 5;
    do {
      deadline = Deadline.in(Duration.ofMillis(millis));
      batches = batches(deadline);
      millis *= 2;
    } while (!batches.hasNext()); // A busy machine was elsewhere all the time.
    while (deadline.remainingNanos() > 0) {
      Thread.sleep(1);
    }
    assertFalse(batches.hasNext());
    assertEquals("asked in the moment when it passed", 1, pairs(batches.next()).size());
  }

  @Test
  public void behindTheLastTierThereIsNoOther() {
    RequestBatches batches = batches(Deadline.NONE);
    batches.next();
    Assert.assertThrows(NoSuchElementException.class, batches::next);
  }

  @Test
  public void withoutADeadlineNoMoreThanAChunkIsTokenizedAtOnce() {
    List<String> passages = Collections.nCopies(600, "war");
    RequestBatches batches = batches("peace", passages, Deadline.NONE);
    List<Integer> seen = new ArrayList<>();
    for (int size : List.of(RequestBatches.CHUNK, RequestBatches.CHUNK, 88)) {
      List<Integer> chunk = pairs(batches.next());
      assertEquals(size, chunk.size());
      seen.addAll(chunk);
    }
    assertFalse(batches.hasNext());
    seen.sort(null);
    assertEquals(IntStream.range(0, 600).boxed().toList(), seen);
  }

  private static List<Boolean> truncated(String query, Deadline deadline) {
    return batches(query, List.of("", "war", "peace"), deadline).next().stream()
        .flatMap(batch -> batch.pairs().stream())
        .map(pair -> pair.encoding().truncated())
        .toList();
  }

  @Test
  public void whereTheQueryIsCutEveryPairIs() {
    for (Deadline deadline : List.of(Deadline.NONE, Deadline.in(Duration.ofHours(1)))) {
      assertEquals(List.of(true, true, true), truncated("war ".repeat(300), deadline));
    }
    assertEquals(List.of(false, false, false), truncated("war ".repeat(20), Deadline.NONE));
  }
}
