// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.engine.tokens.PairTokenizer.FittedQuery;
import io.crossencoder.model.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Tokenizes and batches the pairs of one request, as far as the workers want them.
 *
 * <p>Without a deadline that is all at once: the more pairs there are to choose from, the more
 * alike those of a batch are. With one, the best candidates come first, a tier at a time: what the
 * deadline leaves unscored shall be the end of the first pass and not its longest passages, and it
 * shall not have been tokenized in vain.
 */
public final class RequestBatches implements Iterator<List<Batch>> {

  /** Under a deadline, how many neighbouring candidates are batched together. */
  static final int TIER = 16;

  private final PairTokenizer tokenizer;
  private final ParallelFor loop;
  private final FittedQuery query;
  private final List<String> passages;
  private final Deadline deadline;
  private final int batchCells;
  private final List<Encoding> encodings;

  /**
   * For one request; nothing is tokenized yet.
   *
   * @param loop to tokenize with, where there is no deadline
   * @param query as it was asked
   * @param batchCells cells a batch may have, padding included
   */
  public RequestBatches(
      PairTokenizer tokenizer,
      ParallelFor loop,
      String query,
      List<String> passages,
      Deadline deadline,
      int batchCells) {
    this.tokenizer = tokenizer;
    this.loop = loop;
    this.query = tokenizer.fit(query);
    this.passages = passages;
    this.deadline = deadline;
    this.batchCells = batchCells;
    this.encodings = new ArrayList<>(passages.size());
  }

  @Override
  public boolean hasNext() {
    return encodings.size() < passages.size() && deadline.remainingNanos() > 0;
  }

  @Override
  public List<Batch> next() {
    // The deadline may have passed since hasNext(): then it is one pair that was in vain.
    if (encodings.size() == passages.size()) {
      throw new NoSuchElementException();
    }
    return deadline.bounded() ? nextTier() : all();
  }

  private List<Batch> all() {
    Encoding[] made = new Encoding[passages.size()];
    loop.forEach(made.length, pair -> made[pair] = encode(pair));
    Collections.addAll(encodings, made);
    return batches(0);
  }

  /**
   * On this thread: it is to be one tier ahead of the workers, and they leave no core to others.
   */
  private List<Batch> nextTier() {
    int from = encodings.size();
    int to = Math.min(from + TIER, passages.size());
    for (int pair = from; pair < to && (pair == from || hasNext()); pair++) {
      encodings.add(encode(pair));
    }
    // Shortest first: if the time does not suffice for a tier, more of it has a logit.
    List<Batch> batches = batches(from);
    Collections.reverse(batches);
    return batches;
  }

  private Encoding encode(int pair) {
    return tokenizer.encode(query, passages.get(pair));
  }

  private List<Batch> batches(int from) {
    return Batcher.batches(
        IntStream.range(from, encodings.size()).toArray(), encodings, batchCells);
  }

  /** Those of the pairs so far, by pair. */
  public List<Encoding> encodings() {
    return encodings;
  }
}
