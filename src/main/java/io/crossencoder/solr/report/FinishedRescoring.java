// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.solr.report.RerankContext.LogitKey;
import io.crossencoder.solr.report.RerankContext.ResultKey;
import io.crossencoder.solr.request.ThisRequest;
import java.util.Optional;

/**
 * What a rescoring did, for whoever comes later in the same request; it goes with the request.
 *
 * @param key what was asked
 */
public record FinishedRescoring(ResultKey key, RescoreResult result) {

  /** That of this request, if it made this order. */
  public static Optional<RescoreResult> find(ResultKey key) {
    return ofThisRequest().filter(done -> done.key.equals(key)).map(FinishedRescoring::result);
  }

  /** That of this request, if it has the logits asked for, in whatever order. */
  public static Optional<RescoreResult> find(LogitKey key) {
    return ofThisRequest()
        .filter(done -> done.key.logits().equals(key))
        .map(FinishedRescoring::result);
  }

  /** The last, if there was any. */
  static Optional<FinishedRescoring> ofThisRequest() {
    return ThisRequest.context().map(kept -> (FinishedRescoring) kept.get(FinishedRescoring.class));
  }

  void keep() {
    ThisRequest.context().ifPresent(kept -> kept.put(FinishedRescoring.class, this));
  }
}
