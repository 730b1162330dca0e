// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.request.RequestEnd;
import io.crossencoder.solr.request.ThisRequest;

/** Whether a request has ended. References no request, so that cache keys can contain it. */
final class RequestState {

  private volatile boolean over;

  private RequestState(boolean over) {
    this.over = over;
  }

  /** The state of the current request; ended if there is none. */
  static RequestState current() {
    return ThisRequest.context()
        .map(kept -> (RequestState) kept.computeIfAbsent(RequestState.class, key -> begin()))
        .orElseGet(() -> new RequestState(true));
  }

  private static RequestState begin() {
    RequestState state = new RequestState(false);
    RequestEnd.then(() -> state.over = true);
    return state;
  }

  boolean isOver() {
    return over;
  }
}
