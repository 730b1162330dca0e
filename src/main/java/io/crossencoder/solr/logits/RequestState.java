// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.request.RequestEnd;
import org.apache.solr.request.SolrRequestInfo;

/** Whether a request is over. Holds no request, so that keys of caches can hold it. */
final class RequestState {

  private volatile boolean over;

  private RequestState() {}

  /** That of the request of this thread; over, if there is none. */
  static RequestState current() {
    SolrRequestInfo request = SolrRequestInfo.getRequestInfo();
    if (request == null) {
      RequestState none = new RequestState();
      none.over = true;
      return none;
    }
    return (RequestState)
        request.getReq().getContext().computeIfAbsent(RequestState.class, key -> begin(request));
  }

  private static RequestState begin(SolrRequestInfo request) {
    RequestState state = new RequestState();
    RequestEnd.then(request, () -> state.over = true);
    return state;
  }

  boolean isOver() {
    return over;
  }
}
