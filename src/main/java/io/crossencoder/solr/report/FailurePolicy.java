// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.solr.metrics.FailureLog;
import io.crossencoder.solr.parameters.AbsentModel.MissingModelException;
import io.crossencoder.solr.parameters.RerankParams.OnFailure;
import io.crossencoder.solr.request.ThisRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.search.QueryLimitsExceededException;

/**
 * Handles incomplete reranking: an error if the request wants one, otherwise a message in the log
 * and the first-pass order. All exceptions here are for the client.
 */
record FailurePolicy(RerankContext context) {

  void outOfTime() {
    boolean allowed =
        ThisRequest.params()
            .map(params -> params.getBool(CommonParams.PARTIAL_RESULTS))
            .orElse(true);
    if (!allowed) {
      throw new QueryLimitsExceededException(
          "crossencoder: the time limit was reached, and partialResults=false");
    }
  }

  void noText() {
    log().warn("no document has text in the fields " + context.params().passage().fields());
  }

  void overloaded() {
    log().warn("crossencoder: overloaded, the queue is full; returning the first-pass order");
    if (wantsErrors()) {
      throw new SolrException(
          ErrorCode.SERVICE_UNAVAILABLE, "crossencoder: overloaded, the queue is full");
    }
  }

  void failed(Throwable cause) {
    if (cause instanceof MissingModelException) {
      log().warn("a model is missing; returning the first-pass order", cause.getMessage());
      if (wantsErrors()) {
        throw new SolrException(ErrorCode.BAD_REQUEST, "crossencoder: " + cause.getMessage());
      }
      return;
    }
    String what = "reranking with model '" + context.model() + "' failed";
    if (wantsErrors()) {
      log().remember(what, cause);
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: reranking failed: " + cause.getMessage(), cause);
    }
    log().report(what + "; returning the first-pass order", cause);
  }

  private boolean wantsErrors() {
    return context.params().onFailure() == OnFailure.ERROR;
  }

  private FailureLog log() {
    return context.metrics().failures();
  }
}
