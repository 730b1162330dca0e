// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;

/**
 * A model that processes a query and a passage together and scores how well the passage answers.
 *
 * <p>Thread-safe: any number of threads can score concurrently.
 */
public interface CrossEncoder extends AutoCloseable {

  /** {@return what the model is: its name, limits and fingerprint} */
  ModelSpec spec();

  /**
   * Scores each passage against the query.
   *
   * <p>Never throws for what happens while scoring: a spent deadline, a full queue or a failing
   * model is the {@link Scores#outcome() outcome}, and what was scored before is kept.
   *
   * @param query the user's text; cut only where it would fill the model's input alone
   * @param passages one text a candidate, best candidate first; cut at the model's limit
   * @param deadline when to stop; passages not scored by then stay without a logit
   * @return one logit a passage, in the order of the passages; of no passages none
   */
  Scores score(String query, List<String> passages, Deadline deadline);

  /**
   * Cuts a passage that is too long to be read at once, for {@link #score} to read in pieces.
   *
   * @param query the one that the windows are to be scored with: they are as long as it leaves room
   *     for
   * @param passage of any length
   * @param most how many windows, at most; 1 or more
   * @return the windows, and whether they leave something out
   */
  Windows windows(String query, Passage passage, int most);

  /** Gives back this user's share of the model; the last one frees the native memory. */
  @Override
  void close();
}
