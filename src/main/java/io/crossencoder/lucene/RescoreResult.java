// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Scores;
import java.util.List;
import org.apache.lucene.search.ScoreDoc;

/**
 * The result of one rescoring.
 *
 * @param model name of the model for users
 * @param candidates all candidates, best first
 * @param scores scores of the model, in first-pass order, and their cost
 * @param fields values of the fields in the blend, in first-pass order: see {@link
 *     ScoreBlend#names}
 * @param empty number of candidates without text in the fields; they have no logit
 * @param elapsedNanos wall time in nanoseconds; includes reading the passages if the rescorer read
 *     them
 */
public record RescoreResult(
    ModelSpec model,
    List<Candidate> candidates,
    Scores scores,
    double[][] fields,
    int empty,
    long elapsedNanos) {

  /**
   * Converts the candidates to Lucene's type.
   *
   * @param firstPass rescored documents in first-pass order
   * @return new objects, best first, with final scores and shard indices
   */
  public ScoreDoc[] hits(ScoreDoc[] firstPass) {
    return candidates.stream()
        .map(c -> new ScoreDoc(c.doc(), c.score(), firstPass[c.firstPassRank()].shardIndex))
        .toArray(ScoreDoc[]::new);
  }
}
