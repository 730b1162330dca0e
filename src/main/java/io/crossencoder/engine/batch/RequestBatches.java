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
 * Tokenizes and batches the pairs of one request, as far as the workers want them: what is
 * tokenized and not yet run is all that a request holds in memory.
 *
 * <p>Without a deadline that is much at once: the more pairs there are to choose from, the more
 * alike those of a batch are. With one, the best candidates come first, a tier at a time: what the
 * deadline leaves unscored shall be the end of the first pass and not its longest passages, and it
 * shall not have been tokenized in vain.
 */
final class RequestBatches implements Iterator<List<Batch>> {

  /** Under a deadline, how many neighboring candidates are batched together. */
  static final int TIER = 16;

  /** Without one: so many pairs of 512 tokens take 2 MB. */
  static final int CHUNK = 256;

  private final int batchCells;
  private final ParallelFor loop;
  private final IntFunction<Encoding> tokens;
  private final int[] pairs;
  private final Deadline deadline;
  private int made;

  /**
   * For one request; nothing is tokenized yet.
   *
   * @param batchCells tokens of a batch, padding included
   * @param loop to tokenize the first pairs with, where there is no deadline
   * @param tokens gives those of a passage, by its index; called from several threads
   * @param pairs which passages are wanted, by index, best first
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

  /** With so few pairs left to run a request makes more: enough that no worker waits for it. */
  static int few(Deadline deadline) {
    return (deadline.bounded() ? TIER : CHUNK) / 2;
  }

  @Override
  public boolean hasNext() {
    return made < pairs.length && deadline.remainingNanos() > 0;
  }

  @Override
  public List<Batch> next() {
    // The deadline may have passed since hasNext(): then it is one pair that was in vain.
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
      // The workers are at the chunk before: they leave no core to others.
      Arrays.setAll(chunk, i -> encode(from + i));
    }
    made += chunk.length;
    return Batcher.batches(List.of(chunk), batchCells);
  }

  /**
   * On this thread: it is to be one tier ahead of the workers, and they leave no core to others.
   */
  private List<Batch> nextTier() {
    int to = Math.min(made + TIER, pairs.length);
    List<Pair> tier = new ArrayList<>(to - made);
    do {
      tier.add(encode(made++));
    } while (made < to && deadline.remainingNanos() > 0);
    // Shortest first: if the time does not suffice for a tier, more of it has a score.
    List<Batch> batches = Batcher.batches(tier, batchCells);
    Collections.reverse(batches);
    return batches;
  }

  private Pair encode(int place) {
    int index = pairs[place];
    return new Pair(index, tokens.apply(index));
  }
}
