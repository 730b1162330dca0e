// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.lucene.RescoreReport;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores.Outcome;
import io.crossencoder.solr.RerankParams.OnFailure;
import io.crossencoder.solr.RerankParams.Ordering;
import java.lang.invoke.MethodHandles;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one rank query asks for, and whether it got it. Solr copies a query when it rewrites it; the
 * copies share this.
 *
 * <p>Part of a key of queryResultCache, so it holds no request and no searcher.
 */
final class RequestState implements Consumer<RescoreReport> {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  /** What matches everything asks for nothing. */
  private static final Set<String> NO_TEXT = Set.of("", "*", "*:*");

  /** All that decides the order of a complete result. */
  record Identity(String fingerprint, String query, Ordering ordering) {}

  private final RerankParams params;
  private final Identity identity;
  private volatile boolean incomplete;

  RequestState(RerankParams params, String query) {
    this.params = params;
    this.identity = new Identity(params.model().spec().fingerprint(), query, params.ordering());
  }

  RerankParams params() {
    return params;
  }

  Identity identity() {
    return identity;
  }

  /** Whether there is no text for the model to compare with. */
  boolean isSkipped() {
    return NO_TEXT.contains(identity.query().trim());
  }

  Ordering ordering() {
    return identity.ordering();
  }

  /** When the rescoring has to end, if it begins now. */
  Deadline deadline() {
    Deadline own = params.reRankTimeout().map(Deadline::in).orElse(Deadline.NONE);
    return own.orEarlier(SolrTimeAllowed.deadline());
  }

  /** Whether some candidates have no logit: such a result must not be taken from a cache. */
  boolean isIncomplete() {
    return incomplete;
  }

  /**
   * Takes the report of a rescoring into the response.
   *
   * @throws SolrException 500 if the model failed, 503 if the queue was full, and the request wants
   *     to hear of it; a spent deadline is no failure
   */
  @Override
  public void accept(RescoreReport report) {
    incomplete = report.scores().outcome() != Outcome.COMPLETE;
    RequestReports.put(identity, report);
    ResponseSection.write(report);
    switch (report.scores().outcome()) {
      case FAILED -> reportFailure(report.scores().failure().orElseThrow());
      case OVERLOADED -> {
        if (params.onFailure() == OnFailure.ERROR) {
          throw new SolrException(
              ErrorCode.SERVICE_UNAVAILABLE, "crossencoder: overloaded, the queue is full");
        }
      }
      case COMPLETE, PARTIAL -> {}
    }
  }

  /** The rescoring did not come to a report. */
  void failed(Throwable cause) {
    incomplete = true;
    ResponseSection.writeFailure(cause);
    reportFailure(cause);
  }

  private void reportFailure(Throwable cause) {
    if (params.onFailure() == OnFailure.ERROR) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: the rerank failed: " + cause.getMessage(), cause);
    }
    String model = params.model().spec().name();
    log.error("the rerank by {} failed; the first-pass order is returned", model, cause);
  }
}
