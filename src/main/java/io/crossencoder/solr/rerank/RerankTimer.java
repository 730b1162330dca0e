// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import java.util.Optional;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.util.RTimer;
import org.apache.solr.util.RTimerTree;

/** The line {@code crossencoder} in {@code debug=timing}, below the component that reranks. */
final class RerankTimer {

  private final Optional<RTimer> timer;

  private RerankTimer(Optional<RTimer> timer) {
    this.timer = timer;
  }

  /** Starts the line, if this request is timed. */
  static RerankTimer start() {
    return new RerankTimer(
        Optional.ofNullable(SolrRequestInfo.getRequestInfo())
            .map(SolrRequestInfo::getResponseBuilder)
            .map(ResponseBuilder::getTimer)
            .filter(RTimerTree.class::isInstance)
            .map(component -> ((RTimerTree) component).sub("crossencoder")));
  }

  void stop() {
    timer.ifPresent(RTimer::stop);
  }
}
