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
 * Tells everybody what became of a rerank: the context, the response, Solr's request log, the
 * metrics, the log of failures, and whoever comes later in the request of this thread.
 */
public record RerankReporter(RerankContext context) {

  /**
   * The search begins. A request whose limits are spent before, or that fails, has no section; nor
   * has one that does not rescore.
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

  /** Puts the section into a response, and counts what it says when the request is over. */
  public void open(SolrQueryResponse response) {
    NamedList<Object> section =
        ResponseSection.of(context.model(), context.outcome()).putInto(response);
    RequestEnd.then(() -> count(section, response));
  }

  /** What is in a cache of Solr's, or is skipped, never comes to a rescoring that counts it. */
  private void count(NamedList<Object> section, SolrQueryResponse response) {
    // Something else broke before Solr had a result to take from its cache.
    boolean neverRan =
        response.getException() != null && context.outcome() == RerankOutcome.QUERY_RESULT_CACHE;
    if (response.getValues().get(ResponseSection.NAME) == section && !neverRan) {
      context.metrics().ended(context.outcome());
    }
  }

  /** There is nothing to do: the page has no hits, or lies behind the last one. */
  public void noHits() {
    if (QueryLimits.getCurrentLimits().shouldExit()) {
      // Nobody knows whether there are hits.
      outOfTime();
      return;
    }
    end(ResponseSection.ofNoHits(context.model()));
  }

  /**
   * The rescoring is over.
   *
   * @throws SolrException 500 if the model failed, 503 if the queue was full, and the request wants
   *     to hear of it; a spent deadline is no failure
   * @throws QueryLimitsExceededException if the deadline is spent, and the request wants no partial
   *     results: Solr then answers without any
   */
  public void done(RescoreResult result) {
    ResponseSection section = ResponseSection.of(result);
    // Of several queries of a request, as Solr's CombinedQueryComponent runs them, this is one.
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

  /** Solr's own limit ended the reading of the index: nothing is scored, and nothing failed. */
  public void outOfTime() {
    end(ResponseSection.of(context.model(), RerankOutcome.PARTIAL));
    policy().outOfTime();
  }

  /**
   * The rescoring did not come to a result.
   *
   * @throws SolrException 500, if the request wants to hear of it
   */
  public void failed(Throwable cause) {
    end(ResponseSection.of(context.model(), RerankOutcome.FAILED).failed(cause));
    policy().failed(cause);
  }

  /** How many hits left the page of this request, if it did not come from a cache. */
  public static Optional<Integer> removed() {
    return section().map(written -> (Integer) written.get(SectionCosts.REMOVED));
  }

  /** Hits left the page, because they scored less than {@code minScore} or not at all. */
  public void removed(int hits) {
    section()
        .map(written -> ResponseSection.of(written).removed(hits))
        .ifPresent(RerankReporter::write);
  }

  /** The hits were those of several shards together, of which some may have sent none. */
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

  /** Into the section of this thread's request, if it has one, and into its line of the log. */
  private static void write(ResponseSection section) {
    section().ifPresent(section::writeTo);
    ThisRequest.response().ifPresent(section::log);
  }

  /** The section says something else of the end than before. */
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
