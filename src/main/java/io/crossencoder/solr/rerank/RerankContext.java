// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.PassageScorer;
import io.crossencoder.model.Scores.Outcome;
import io.crossencoder.solr.metrics.RerankMetrics;
import io.crossencoder.solr.rerank.RerankParams.OnFailure;
import io.crossencoder.solr.rerank.RerankParams.Ordering;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * What one rank query asks for, and whether it got it. Solr copies a query when it rewrites it; the
 * copies share this.
 *
 * <p>Part of a key of queryResultCache, so it holds no request and no searcher.
 */
public final class RerankContext implements Consumer<RescoreResult> {

  /** What matches everything asks for nothing. */
  private static final Set<String> NO_TEXT = Set.of("", "*", "*:*");

  /** All that decides the order of a complete result. */
  record ResultKey(String fingerprint, String query, Ordering ordering) {

    LogitKey logits() {
      return new LogitKey(fingerprint, query, ordering.fields(), ordering.maxWindows());
    }
  }

  /** All that decides the logit of a document. */
  record LogitKey(
      String fingerprint, String query, List<String> fields, Optional<Integer> maxWindows) {}

  private final RerankParams params;
  private final ResultKey key;
  private final RerankMetrics metrics;
  private volatile boolean begun;
  private volatile boolean skipped;
  private volatile boolean incomplete;

  RerankContext(RerankParams params, String query, RerankMetrics metrics) {
    this.params = params;
    this.metrics = metrics;
    this.key = new ResultKey(params.model().spec().fingerprint(), query, params.ordering());
    this.skipped = NO_TEXT.contains(query.trim());
  }

  RerankParams params() {
    return params;
  }

  ResultKey key() {
    return key;
  }

  /** What counts its end. */
  RerankMetrics metrics() {
    return metrics;
  }

  /** The search begins: a request whose limits are spent before, or that fails, has no section. */
  void begin() {
    if (!begun) {
      begun = true;
      ResponseSection.begin(this);
    }
  }

  /** Whether there is nothing to rescore: no text to compare with, or no hit to show. */
  boolean isSkipped() {
    return skipped;
  }

  /** The page lies behind the last hit; what is before it stays without scores. */
  void skip() {
    skipped = true;
    incomplete = true;
    ResponseSection.writeNoCandidates();
  }

  Ordering ordering() {
    return key.ordering();
  }

  /** The model and the text, and how much of a long passage is read. */
  PassageScorer scorer() {
    return new PassageScorer(params.model(), key.query(), ordering().maxWindows());
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
  public void accept(RescoreResult report) {
    incomplete = report.scores().outcome() != Outcome.COMPLETE;
    RequestReports.put(key, report);
    ResponseSection.write(report);
    metrics.rescored(report.elapsedNanos());
    switch (report.scores().outcome()) {
      case FAILED -> reportFailure(report.scores().failure().orElseThrow());
      case OVERLOADED -> {
        metrics
            .failures()
            .warn("crossencoder is overloaded: the queue is full, reranks are refused");
        if (params.onFailure() == OnFailure.ERROR) {
          throw new SolrException(
              ErrorCode.SERVICE_UNAVAILABLE, "crossencoder: overloaded, the queue is full");
        }
      }
      case COMPLETE, PARTIAL -> {}
    }
  }

  /** The rescoring did not come to a report. */
  public void failed(Throwable cause) {
    incomplete = true;
    ResponseSection.writeFailure(cause);
    reportFailure(cause);
  }

  private void reportFailure(Throwable cause) {
    String what = "the rerank by " + params.model().spec().name() + " failed";
    if (params.onFailure() == OnFailure.ERROR) {
      metrics.failures().remember(what, cause);
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: the rerank failed: " + cause.getMessage(), cause);
    }
    metrics.failures().report(what + "; the first-pass order is returned", cause);
  }
}
