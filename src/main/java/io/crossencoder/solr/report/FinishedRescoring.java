// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.solr.report.RerankContext.LogitKey;
import io.crossencoder.solr.report.RerankContext.ResultKey;
import io.crossencoder.solr.request.ThisRequest;
import java.util.Optional;

/**
 * The result of a rescoring, kept for later steps of the same request.
 *
 * @param key settings of the rescoring
 */
public record FinishedRescoring(ResultKey key, RescoreResult result) {

  /** The result in this request with the same settings. */
  public static Optional<RescoreResult> find(ResultKey key) {
    return ofThisRequest().filter(done -> done.key.equals(key)).map(FinishedRescoring::result);
  }

  /** The result in this request with the same logits, in any order. */
  public static Optional<RescoreResult> find(LogitKey key) {
    return ofThisRequest()
        .filter(done -> done.key.logits().equals(key))
        .map(FinishedRescoring::result);
  }

  /** The last rescoring in this request, if any. */
  static Optional<FinishedRescoring> ofThisRequest() {
    return ThisRequest.context().map(kept -> (FinishedRescoring) kept.get(FinishedRescoring.class));
  }

  void keep() {
    ThisRequest.context().ifPresent(kept -> kept.put(FinishedRescoring.class, this));
  }
}
