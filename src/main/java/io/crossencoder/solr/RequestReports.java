// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.RescoreReport;
import io.crossencoder.solr.RequestState.Identity;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.request.SolrRequestInfo;

/**
 * What the rescorings of this thread's request did, for those who come later in the request:
 * explanations, transformers, functions. It lies in the context of the request and goes with it.
 */
final class RequestReports {

  private record Key(Identity identity) {}

  private RequestReports() {}

  static void put(Identity identity, RescoreReport report) {
    context().ifPresent(context -> context.put(new Key(identity), report));
  }

  static Optional<RescoreReport> find(Identity identity) {
    return context().map(context -> (RescoreReport) context.get(new Key(identity)));
  }

  private static Optional<Map<Object, Object>> context() {
    return Optional.ofNullable(SolrRequestInfo.getRequestInfo())
        .map(request -> request.getReq().getContext());
  }
}
