// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * Tokenizes and batches the pairs of one request shortly before they are run, so that a request
 * holds few tokenized pairs in memory.
 *
 * <p>Without a deadline, many pairs are tokenized at once, because the pairs of a batch are then
 * closer in length. With a deadline, groups of {@link #TIER} candidates follow in first-pass order,
 * so that the candidates without a score are the last ones of the first pass, not the longest
 * passages, and are not tokenized for nothing.
 */
final class RequestBatches implements Iterator<List<Batch>> {

  /** With a deadline: number of consecutive candidates that are batched together. */
  static final int TIER = 16;

  /** Without a deadline: 256 pairs of 512 tokens take 2 MB. */
  static final int CHUNK = 256;

  private final int batchCells;
  private final ParallelFor loop;
  private final IntFunction<Encoding> tokens;
  private final int[] pairs;
  private final Deadline deadline;
  private int made;

  /**
   * The batches of one request; tokenizes nothing yet.
   *
   * @param batchCells maximum padded tokens per batch
   * @param loop tokenizes the first pairs if there is no deadline
   * @param tokens returns the tokens of a passage by its index; called from several threads
   * @param pairs indices of the passages to score, best candidate first
   */
  RequestBatches(
      int batchCells,
      ParallelFor loop,
      IntFunction<Encoding> tokens,
      int[] pairs,
      Deadline deadline) {
    this.batchCells = batchCells;
    this.loop = loop;
    this.tokens = tokens;
    this.pairs = pairs;
    this.deadline = deadline;
  }

  /** Makes more batches if fewer pairs are left, so that no worker waits for the request. */
  static int few(Deadline deadline) {
    return (deadline.bounded() ? TIER : CHUNK) / 2;
  }

  @Override
  public boolean hasNext() {
    return made < pairs.length && deadline.remainingNanos() > 0;
  }

  @Override
  public List<Batch> next() {
    // If the deadline expires after hasNext(), one pair is scored for nothing.
    if (made == pairs.length) {
      throw new NoSuchElementException();
    }
    return deadline.bounded() ? nextTier() : nextChunk();
  }

  private List<Batch> nextChunk() {
    int from = made;
    Pair[] chunk = new Pair[Math.min(CHUNK, pairs.length - from)];
    if (from == 0) {
      loop.forEach(chunk.length, i -> chunk[i] = encode(i));
    } else {
      // The workers run the previous chunk, so no core is idle.
      Arrays.setAll(chunk, i -> encode(from + i));
    }
    made += chunk.length;
    return Batcher.batches(List.of(chunk), batchCells);
  }

  /** On this thread: the workers run the previous group, so no core is idle. */
  private List<Batch> nextTier() {
    int to = Math.min(made + TIER, pairs.length);
    List<Pair> tier = new ArrayList<>(to - made);
    do {
      tier.add(encode(made++));
    } while (made < to && deadline.remainingNanos() > 0);
    // Shortest first: if the time is not sufficient for all, more candidates have a score.
    List<Batch> batches = Batcher.batches(tier, batchCells);
    Collections.reverse(batches);
    return batches;
  }

  private Pair encode(int place) {
    int index = pairs[place];
    return new Pair(index, tokens.apply(index));
  }
}
