// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;

/**
 * A model that processes a query and a passage together and scores how well the passage answers.
 *
 * <p>Thread-safe: any number of threads can score concurrently.
 */
public interface CrossEncoder extends AutoCloseable {

  /** {@return the properties of the model: name, limits and fingerprint} */
  ModelSpec spec();

  /**
   * Scores each passage against the query.
   *
   * <p>Does not throw if scoring fails: an expired deadline, a full queue or a failing model is
   * reported as the {@link Scores#outcome() outcome}, and the logits computed before it are kept.
   *
   * @param query text of the user; truncated only if it would fill the input of the model
   * @param passages one text per candidate, best candidate first; truncated to the limit of the
   *     model
   * @param deadline when to stop; passages that are not scored by then have no logit
   * @return one logit per passage, in the order of the passages; empty if there are no passages
   */
  Scores score(String query, List<String> passages, Deadline deadline);

  /**
   * Splits a passage that exceeds the limit of the model into windows for {@link #score}.
   *
   * @param query query that the windows will be scored with; its length limits theirs
   * @param passage text of any length
   * @param most maximum number of windows, 1 or greater
   * @return the windows, and whether they omit a part of the passage
   */
  Windows windows(String query, Passage passage, int most);

  /** Releases this lease on the model. The last release frees the native memory. */
  @Override
  void close();
}
