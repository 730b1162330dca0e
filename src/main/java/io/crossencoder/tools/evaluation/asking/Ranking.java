// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import java.util.List;
import java.util.Map;

/**
 * The response of Solr to one query.
 *
 * @param hits best first, without duplicates
 * @param queryMillis Solr's QTime; the sum if there were several requests
 * @param partial whether the first pass is incomplete
 * @param crossEncoder section of the response about reranking; empty if there is none
 */
public record Ranking(
    List<Hit> hits, int queryMillis, boolean partial, Map<String, Object> crossEncoder) {

  public Ranking {
    hits = List.copyOf(hits);
    crossEncoder = Map.copyOf(crossEncoder);
  }

  /**
   * A document.
   *
   * @param title empty if the document has none
   */
  public record Hit(String id, String title, float score) {

    public Hit {
      // -0 and 0 are equal scores, but are sorted differently.
      score += 0f;
    }
  }

  public List<String> ids() {
    return hits.stream().map(Hit::id).toList();
  }

  /** The outcome, such as complete, partial or failed; empty if the response has none. */
  public String outcome() {
    return String.valueOf(crossEncoder.getOrDefault("outcome", ""));
  }

  /** A number of the section; 0 if it is missing. */
  public long count(String name) {
    return crossEncoder.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
