// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.solr.rerank.RerankContext.LogitKey;
import io.crossencoder.solr.rerank.RerankContext.ResultKey;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.request.SolrRequestInfo;

/**
 * What the rescorings of this thread's request did, for those who come later in the request:
 * explanations, transformers, functions. It lies in the context of the request and goes with it.
 */
final class RequestReports {

  private record Key(Object what) {}

  private RequestReports() {}

  static void put(ResultKey key, RescoreResult report) {
    context()
        .ifPresent(
            context -> {
              context.put(new Key(key), report);
              context.put(new Key(key.logits()), report);
            });
  }

  static Optional<RescoreResult> find(ResultKey key) {
    return context().map(context -> (RescoreResult) context.get(new Key(key)));
  }

  /** One that has the logits asked for, in whatever order. */
  static Optional<RescoreResult> find(LogitKey asked) {
    return context().map(context -> (RescoreResult) context.get(new Key(asked)));
  }

  private static Optional<Map<Object, Object>> context() {
    return Optional.ofNullable(SolrRequestInfo.getRequestInfo())
        .map(request -> request.getReq().getContext());
  }
}
