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
 * The settings of one rank query, which are constant, and its outcome. Solr copies a query when it
 * rewrites it; the copies share this object.
 *
 * <p>Part of a key of queryResultCache, so it references no request and no searcher.
 */
public final class RerankContext {

  private static final Set<String> MATCHES_EVERYTHING = Set.of("*", "*:*");

  private static final Set<RerankOutcome> NOTHING_TO_RESCORE =
      EnumSet.of(RerankOutcome.SKIPPED, RerankOutcome.NO_HITS);

  /**
   * Outcomes that must not be cached: another request can have a better result, or needs the
   * missing scores.
   */
  private static final Set<RerankOutcome> NOT_TO_BE_CACHED =
      EnumSet.of(
          RerankOutcome.NO_HITS,
          RerankOutcome.PARTIAL,
          RerankOutcome.OVERLOADED,
          RerankOutcome.FAILED);

  /** Everything that determines the order of a complete result. */
  public record ResultKey(LogitKey logits, Ordering ordering) {}

  /** Everything that determines the logit of a document. */
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

  /** Metrics of the core and model. */
  public RerankMetrics metrics() {
    return metrics;
  }

  public Ordering ordering() {
    return params.ordering();
  }

  /** Name of the model in the request. */
  public String model() {
    return params.model().spec().name();
  }

  /** The model, the query text, and the number of windows. */
  public PassageScorer scorer() {
    return new PassageScorer(params.model(), key.logits().query(), params.passage().maxWindows());
  }

  /** Deadline of a rescoring that starts now. */
  public Deadline deadline() {
    return RequestBudget.deadline(params.reRankTimeout());
  }

  RerankOutcome outcome() {
    return outcome;
  }

  /** Sets the outcome; only called by {@link RerankReporter}. */
  void outcome(RerankOutcome ended) {
    outcome = ended;
  }

  /** Whether nothing is rescored, because there is no query text or no hit to return. */
  public boolean isSkipped() {
    return NOTHING_TO_RESCORE.contains(outcome);
  }

  /** Whether {@code minScore} removes hits: not if nothing was scored or the model failed. */
  public boolean removes() {
    return ordering().minScore().isPresent()
        && !isSkipped()
        && outcome != RerankOutcome.FAILED
        && outcome != RerankOutcome.OVERLOADED;
  }

  /** Whether some candidates have no logit: such a result must not be cached. */
  public boolean isIncomplete() {
    return NOT_TO_BE_CACHED.contains(outcome);
  }
}
