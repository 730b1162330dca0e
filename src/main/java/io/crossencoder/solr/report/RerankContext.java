// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.model.Deadline;
import io.crossencoder.model.PassageScorer;
import io.crossencoder.solr.metrics.RerankMetrics;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.parameters.Ordering;
import io.crossencoder.solr.parameters.PassageSpec;
import io.crossencoder.solr.parameters.RerankParams;
import io.crossencoder.solr.request.RequestBudget;
import java.util.EnumSet;
import java.util.Set;

/**
 * What one rank query asks for: nothing of it changes but the outcome. Solr copies a query when it
 * rewrites it; the copies share this.
 *
 * <p>Part of a key of queryResultCache, so it holds no request and no searcher.
 */
public final class RerankContext {

  private static final Set<String> MATCHES_EVERYTHING = Set.of("*", "*:*");

  private static final Set<RerankOutcome> NOTHING_TO_RESCORE =
      EnumSet.of(RerankOutcome.SKIPPED, RerankOutcome.NO_HITS);

  /** Another request may have a better result, or needs the scores that this one did not. */
  private static final Set<RerankOutcome> NOT_TO_BE_CACHED =
      EnumSet.of(
          RerankOutcome.NO_HITS,
          RerankOutcome.PARTIAL,
          RerankOutcome.OVERLOADED,
          RerankOutcome.FAILED);

  /** All that decides the order of a complete result. */
  public record ResultKey(LogitKey logits, Ordering ordering) {}

  /** All that decides the logit of a document. */
  public record LogitKey(String fingerprint, String query, PassageSpec passage) {}

  private final RerankParams params;
  private final ResultKey key;
  private final RerankMetrics metrics;
  private volatile RerankOutcome outcome;

  public RerankContext(RerankParams params, String query, RerankMetrics metrics) {
    this.params = params;
    this.metrics = metrics;
    LogitKey logits = new LogitKey(params.model().spec().fingerprint(), query, params.passage());
    this.key = new ResultKey(logits, params.ordering());
    this.outcome =
        query.isEmpty() || MATCHES_EVERYTHING.contains(query)
            ? RerankOutcome.SKIPPED
            : RerankOutcome.QUERY_RESULT_CACHE;
  }

  public RerankParams params() {
    return params;
  }

  public ResultKey key() {
    return key;
  }

  /** What counts its end. */
  public RerankMetrics metrics() {
    return metrics;
  }

  public Ordering ordering() {
    return params.ordering();
  }

  /** What the request calls the model. */
  public String model() {
    return params.model().spec().name();
  }

  /** The model and the text, and how much of a long passage is read. */
  public PassageScorer scorer() {
    return new PassageScorer(params.model(), key.logits().query(), params.passage().maxWindows());
  }

  /** When the rescoring has to end, if it begins now. */
  public Deadline deadline() {
    return RequestBudget.deadline(params.reRankTimeout());
  }

  RerankOutcome outcome() {
    return outcome;
  }

  /** The one thing that changes: for the {@link RerankReporter}, which tells the others. */
  void outcome(RerankOutcome ended) {
    outcome = ended;
  }

  /** Whether there is nothing to rescore: no text to compare with, or no hit to show. */
  public boolean isSkipped() {
    return NOTHING_TO_RESCORE.contains(outcome);
  }

  /** Whether hits leave the page: not if nothing was scored, or if it failed. */
  public boolean removes() {
    return ordering().minScore().isPresent()
        && !isSkipped()
        && outcome != RerankOutcome.FAILED
        && outcome != RerankOutcome.OVERLOADED;
  }

  /** Whether some candidates have no logit: such a result must not be taken from a cache. */
  public boolean isIncomplete() {
    return NOT_TO_BE_CACHED.contains(outcome);
  }
}
