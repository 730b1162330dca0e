// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.io.IOException;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrClient;

/**
 * What Solr answered to one random request, asked in several ways.
 *
 * @param without the rerank
 * @param with the rerank
 * @param again the same once more
 * @param firstPass all hits, without the rerank; none where the request is an error or timed
 * @param reranked all hits, with the rerank; none as before
 */
record Observation(
    FuzzRequest request,
    Answer without,
    Answer with,
    Answer again,
    Optional<Answer> firstPass,
    Optional<Answer> reranked) {

  /** More than there are films. */
  private static final int ALL = 400;

  static Observation of(FuzzRequest request, SolrClient client) throws IOException {
    Answer without = Answer.to(request.withoutRerank(), client);
    Answer with = Answer.to(request.withRerank(), client);
    Answer again = Answer.to(request.withRerank(), client);
    boolean comparable = with.isOk() && without.isOk() && !request.isTimed();
    Optional<Answer> firstPass =
        comparable
            ? Optional.of(Answer.to(request.allHits(false, ALL), client)).filter(Answer::isOk)
            : Optional.empty();
    Optional<Answer> reranked =
        firstPass.isPresent()
            ? Optional.of(Answer.to(request.allHits(true, ALL), client))
            : Optional.empty();
    return new Observation(request, without, with, again, firstPass, reranked);
  }

  /**
   * Whether Solr alone fails: without the rerank, too; or with it, but without a call of ours, and
   * there is nothing to compare it with, or a limit of Solr ended its work. In Solr 10 a join fails
   * under any limit.
   */
  boolean failsInSolr() {
    if (without.status() > 400) {
      return !without.isOurs();
    }
    boolean comparable = without.isOk() && !request.isLimited();
    return with.status() == 500 && !with.isOurs() && !comparable;
  }
}
