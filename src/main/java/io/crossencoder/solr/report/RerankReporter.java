// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.request.RequestBudget;
import io.crossencoder.solr.request.RequestEnd;
import io.crossencoder.solr.request.ThisRequest;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.search.QueryLimits;
import org.apache.solr.search.QueryLimitsExceededException;

/**
 * Reports the result of reranking to the context, the response, Solr's request log, the metrics,
 * the failure log, and later steps of the same request.
 */
public record RerankReporter(RerankContext context) {

  /**
   * Called when the search starts. Requests that exceeded a limit before, that fail, or that are
   * not rescored have no section.
   */
  public void begin() {
    Optional<SolrQueryRequest> request = ThisRequest.request().filter(RerankReporter::rescores);
    Optional<SolrQueryResponse> response = ThisRequest.response();
    if (request.isEmpty() || response.isEmpty() || section().isPresent()) {
      return;
    }
    open(response.get());
    if (!context.isSkipped() && request.get().getSearcher().maxDoc() == 0) {
      // Solr does not search an empty index.
      noHits();
    }
  }

  private static boolean rescores(SolrQueryRequest request) {
    SolrParams params = request.getParams();
    boolean fetchesFields = params.get(ShardParams.IDS) != null;
    return !ThisRequest.coordinates() && !fetchesFields && params.getInt(CommonParams.ROWS, 1) > 0;
  }

  /** Adds the section to a response, and counts its outcome when the request ends. */
  public void open(SolrQueryResponse response) {
    NamedList<Object> section =
        ResponseSection.of(context.model(), context.outcome()).putInto(response);
    RequestEnd.then(() -> count(section, response));
  }

  /** Results from Solr's cache and skipped requests are not rescored, so they are counted here. */
  private void count(NamedList<Object> section, SolrQueryResponse response) {
    // The request failed before Solr could return a cached result.
    boolean neverRan =
        response.getException() != null && context.outcome() == RerankOutcome.QUERY_RESULT_CACHE;
    if (response.getValues().get(ResponseSection.NAME) == section && !neverRan) {
      context.metrics().ended(context.outcome());
    }
  }

  /** There are no hits, or the page starts after the last hit. */
  public void noHits() {
    if (QueryLimits.getCurrentLimits().shouldExit()) {
      // Whether there are hits is unknown.
      outOfTime();
      return;
    }
    end(ResponseSection.ofNoHits(context.model()));
  }

  /**
   * The rescoring is finished.
   *
   * @throws SolrException 500 if the model failed, 503 if the queue was full, and the request wants
   *     an error; an expired deadline is not a failure
   * @throws QueryLimitsExceededException if the deadline expired and the request has
   *     partialResults=false
   */
  public void done(RescoreResult result) {
    ResponseSection section = ResponseSection.of(result);
    // CombinedQueryComponent runs several queries per request; this is one of them.
    ResponseSection all =
        FinishedRescoring.ofThisRequest()
            .flatMap(before -> section())
            .map(written -> ResponseSection.of(written).merge(section))
            .orElse(section);
    new FinishedRescoring(context.key(), result).keep();
    end(all);
    RequestBudget.spend(result.elapsedNanos());
    context.metrics().rescored(result.elapsedNanos());
    switch (section.outcome()) {
      case PARTIAL -> policy().outOfTime();
      case NO_TEXT -> policy().noText();
      case FAILED -> policy().failed(result.scores().failure().orElseThrow());
      case OVERLOADED -> policy().overloaded();
      default -> {}
    }
  }

  private FailurePolicy policy() {
    return new FailurePolicy(context);
  }

  /** A limit of Solr ended the reading of the index: nothing was scored, and nothing failed. */
  public void outOfTime() {
    end(ResponseSection.of(context.model(), RerankOutcome.PARTIAL));
    policy().outOfTime();
  }

  /**
   * The rescoring failed.
   *
   * @throws SolrException 500, if the request wants an error
   */
  public void failed(Throwable cause) {
    end(ResponseSection.of(context.model(), RerankOutcome.FAILED).failed(cause));
    policy().failed(cause);
  }

  /**
   * Number of hits that were removed from the page of this request, unless it came from a cache.
   */
  public static Optional<Integer> removed() {
    return section().map(written -> (Integer) written.get(SectionCosts.REMOVED));
  }

  /** Records hits that were removed, because their score is below {@code minScore} or missing. */
  public void removed(int hits) {
    section()
        .map(written -> ResponseSection.of(written).removed(hits))
        .ifPresent(RerankReporter::write);
  }

  /** The hits of several shards were merged; some shards may have sent none. */
  public void overShards(int asked, int missing) {
    section()
        .map(written -> ResponseSection.of(written).over(Optional.of("global"), asked, missing))
        .ifPresent(
            section -> {
              write(section);
              if (missing > 0) {
                context.outcome(section.outcome());
              }
            });
  }

  private void end(ResponseSection section) {
    context.outcome(section.outcome());
    write(section);
  }

  /** Adds a section to the response of this request, if there is one, and to the request log. */
  private static void write(ResponseSection section) {
    section().ifPresent(section::writeTo);
    ThisRequest.response().ifPresent(section::log);
  }

  /** Records another outcome than before. */
  public void changed(RerankOutcome ended, SolrQueryResponse response) {
    context.outcome(ended);
    Object line = response.getToLog().remove(ResponseSection.NAME);
    String costs = line == null ? "" : line.toString().replaceFirst("^[^,]*", "");
    response.addToLog(ResponseSection.NAME, ended.label() + costs);
  }

  private static Optional<NamedList<Object>> section() {
    return ThisRequest.response().flatMap(ResponseSection::in);
  }
}
