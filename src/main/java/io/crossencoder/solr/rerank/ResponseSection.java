// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.model.Execution;
import io.crossencoder.model.Scores;
import io.crossencoder.solr.metrics.RerankMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;

/**
 * The section {@code crossEncoder} of the response, and its short form on Solr's request log line:
 * what was asked, what was done, how it ended.
 */
public final class ResponseSection {

  public static final String NAME = "crossEncoder";
  static final String MODEL = "model";
  static final String EXECUTION_PROVIDER = "executionProvider";
  static final String CANDIDATES = "candidates";
  static final String SCORED = "scored";
  static final String CACHED = "cached";
  static final String ELAPSED_MS = "elapsedMs";
  static final String OUTCOME = "outcome";
  static final String ERROR = "error";

  /** Where every model is computed that solrconfig says nothing else of: not worth a mention. */
  private static final String ON_CPU = Execution.DEFAULT.provider().id();

  /** The outcome where the model or what surrounds it broke. */
  static final String FAILED = "failed";

  /** The outcome until a rescoring says otherwise: Solr had the whole result in a cache. */
  static final String FROM_RESULT_CACHE = "queryResultCache";

  /** The outcome where there was no text to compare with. */
  public static final String SKIPPED = "skipped";

  private static final String COMPLETE = "complete";

  /** How a rerank may end. */
  public static final List<String> OUTCOMES =
      List.of(COMPLETE, "partial", "overloaded", FAILED, SKIPPED, FROM_RESULT_CACHE);

  private ResponseSection() {}

  /** Puts the section into the response, if this request is one that rescores. */
  static void begin(RerankContext context) {
    SolrRequestInfo request = SolrRequestInfo.getRequestInfo();
    if (request == null || request.getRsp() == null) {
      return;
    }
    SolrParams params = request.getReq().getParams();
    ResponseBuilder builder = request.getResponseBuilder();
    boolean coordinates = builder != null && builder.isDistributed();
    boolean fetchesFields = params.get(ShardParams.IDS) != null;
    if (coordinates || fetchesFields || params.getInt(CommonParams.ROWS, 1) == 0) {
      return;
    }
    open(context, request.getRsp());
    if (!context.isSkipped() && request.getReq().getSearcher().maxDoc() == 0) {
      // Solr does not search an empty index.
      writeNoCandidates();
    }
  }

  /** Puts the section into a response; a rescoring on this thread fills it. */
  static SimpleOrderedMap<Object> open(RerankContext context, SolrQueryResponse response) {
    SimpleOrderedMap<Object> section = new SimpleOrderedMap<>();
    section.add(MODEL, context.params().model().spec().name());
    section.add(OUTCOME, context.isSkipped() ? SKIPPED : FROM_RESULT_CACHE);
    response.getValues().remove(NAME);
    response.add(NAME, section);
    log((String) section.get(OUTCOME));
    countAtTheEnd(context.metrics(), section, response);
    return section;
  }

  /**
   * What is in a cache of Solr's, or is skipped, never comes to a rescoring that could count it.
   */
  private static void countAtTheEnd(
      RerankMetrics metrics, SimpleOrderedMap<Object> section, SolrQueryResponse response) {
    SolrRequestInfo request = SolrRequestInfo.getRequestInfo();
    if (request == null) {
      return;
    }
    RequestEnd.then(
        request,
        () -> {
          String outcome = (String) section.get(OUTCOME);
          // Something else broke before Solr had a result to take from its cache.
          boolean neverRan = response.getException() != null && outcome.equals(FROM_RESULT_CACHE);
          if (response.getValues().get(NAME) == section && !neverRan) {
            metrics.ended(outcome);
          }
        });
  }

  /** What was done. */
  static void write(RescoreResult report) {
    Scores scores = report.scores();
    String outcome = scores.outcome().name().toLowerCase(Locale.ROOT);
    section()
        .ifPresent(
            section -> {
              section.clear();
              section.add(MODEL, report.model().name());
              if (!report.model().executionProvider().equals(ON_CPU)) {
                section.add(EXECUTION_PROVIDER, report.model().executionProvider());
              }
              section.add(CANDIDATES, report.candidates().size());
              section.add(SCORED, scores.scored());
              section.add(CACHED, scores.cached());
              section.add("truncated", truncated(scores));
              if (report.windows() > 0) {
                section.add("windows", report.windows());
              }
              section.add("tokens", scores.tokens());
              section.add("batches", scores.batches());
              section.add("inferenceMs", milliseconds(scores.inferenceNanos()));
              section.add(ELAPSED_MS, milliseconds(report.elapsedNanos()));
              section.add(OUTCOME, outcome);
              scores.failure().ifPresent(cause -> section.add(ERROR, describe(cause)));
            });
    log(
        String.format(
            Locale.ROOT,
            "%s,%d/%d,cached=%d,%.1fms",
            outcome,
            scores.scored(),
            report.candidates().size(),
            scores.cached(),
            milliseconds(report.elapsedNanos())));
  }

  /** That there was nothing to do: the page has no hits. */
  static void writeNoCandidates() {
    section()
        .ifPresent(
            section -> {
              section.remove(OUTCOME);
              section.add(CANDIDATES, 0);
              section.add(OUTCOME, COMPLETE);
            });
    log(COMPLETE + ",0/0");
  }

  /** That it could not be done. */
  public static void writeFailure(Throwable cause) {
    section()
        .ifPresent(
            section -> {
              section.remove(OUTCOME);
              section.add(OUTCOME, FAILED);
              section.add(ERROR, describe(cause));
            });
    log(FAILED);
  }

  private static String describe(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static int truncated(Scores scores) {
    int truncated = 0;
    for (boolean each : scores.truncated()) {
      truncated += each ? 1 : 0;
    }
    return truncated;
  }

  /** With two decimals. */
  private static double milliseconds(long nanos) {
    return Math.round(nanos * 100.0 / TimeUnit.MILLISECONDS.toNanos(1)) / 100.0;
  }

  @SuppressWarnings("unchecked") // begin() put it there.
  private static Optional<SimpleOrderedMap<Object>> section() {
    return Optional.ofNullable(SolrRequestInfo.getRequestInfo())
        .map(request -> (SimpleOrderedMap<Object>) request.getRsp().getValues().get(NAME));
  }

  private static void log(String line) {
    SolrRequestInfo request = SolrRequestInfo.getRequestInfo();
    if (request != null) {
      request.getRsp().getToLog().remove(NAME);
      request.getRsp().addToLog(NAME, line);
    }
  }
}
