// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.io.IOException;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrClient;

/**
 * The responses of Solr to variants of a random request.
 *
 * @param without without reranking
 * @param with with reranking
 * @param again with reranking, repeated
 * @param firstPass all hits without reranking; none if the request is an error or has a time limit
 * @param reranked all hits with reranking; none in the same cases
 */
record Observation(
    FuzzRequest request,
    Answer without,
    Answer with,
    Answer again,
    Optional<Answer> firstPass,
    Optional<Answer> reranked) {

  /** More than the number of films. */
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
   * Whether Solr itself fails: also without reranking; or with it, but without the plugin in the
   * stack, if there is nothing to compare with or a limit of Solr was reached. In Solr 10, a join
   * fails under any limit.
   */
  boolean failsInSolr() {
    if (without.status() > 400) {
      return !without.isOurs();
    }
    boolean comparable = without.isOk() && !request.isLimited();
    return with.status() == 500 && !with.isOurs() && !comparable;
  }
}
