// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.RescoreReport;
import io.crossencoder.solr.rerank.RequestState.Asked;
import io.crossencoder.solr.rerank.RequestState.Identity;
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

  static void put(Identity identity, RescoreReport report) {
    context()
        .ifPresent(
            context -> {
              context.put(new Key(identity), report);
              context.put(new Key(identity.asked()), report);
            });
  }

  static Optional<RescoreReport> find(Identity identity) {
    return context().map(context -> (RescoreReport) context.get(new Key(identity)));
  }

  /** One that has the logits asked for, in whatever order. */
  static Optional<RescoreReport> find(Asked asked) {
    return context().map(context -> (RescoreReport) context.get(new Key(asked)));
  }

  private static Optional<Map<Object, Object>> context() {
    return Optional.ofNullable(SolrRequestInfo.getRequestInfo())
        .map(request -> request.getReq().getContext());
  }
}
