// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import java.util.List;
import java.util.Map;

/**
 * What Solr answered to one query.
 *
 * @param hits best first, each document once
 * @param queryMillis Solr's QTime; of several requests the sum
 * @param partial whether Solr says that the first pass is not complete
 * @param crossEncoder the response's section about the reranking; empty without one
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
   * @param title empty where it has none
   */
  public record Hit(String id, String title, float score) {

    public Hit {
      // A blend may give -0 to one and 0 to another; they are equal scores, but do not sort so.
      score += 0f;
    }
  }

  public List<String> ids() {
    return hits.stream().map(Hit::id).toList();
  }

  /** As complete, partial or failed; empty where the response does not say. */
  public String outcome() {
    return String.valueOf(crossEncoder.getOrDefault("outcome", ""));
  }

  /** A number of the section; 0 if it is not there. */
  public long count(String name) {
    return crossEncoder.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
