// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.solr.metrics.FailureLog;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.parameters.AbsentModel.MissingModelException;
import io.crossencoder.solr.parameters.RerankParams.OnFailure;
import io.crossencoder.solr.report.RerankContext.LogitKey;
import io.crossencoder.solr.report.RerankContext.ResultKey;
import io.crossencoder.solr.request.RequestBudget;
import io.crossencoder.solr.request.RequestEnd;
import io.crossencoder.solr.request.ThisRequest;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.search.QueryLimits;
import org.apache.solr.search.QueryLimitsExceededException;

/**
 * Tells everybody what became of a rerank: the context, the response, Solr's request log, the
 * metrics, the log of failures, and whoever comes later in the request of this thread.
 */
public record RerankReporter(RerankContext context) {

  /** What a rescoring did, in the context of its request: it goes with it. */
  private record Done(ResultKey key, RescoreResult result) {}

  /** What this request's rescoring did, if it made this order. */
  public static Optional<RescoreResult> find(ResultKey key) {
    return done().filter(done -> done.key().equals(key)).map(Done::result);
  }

  /** What this request's rescoring did, if it has the logits asked for, in whatever order. */
  public static Optional<RescoreResult> find(LogitKey key) {
    return done().filter(done -> done.key().logits().equals(key)).map(Done::result);
  }

  private static Optional<Done> done() {
    return ThisRequest.context().map(context -> (Done) context.get(Done.class));
  }

  /**
   * The search begins. A request whose limits are spent before, or that fails, has no section; nor
   * has one that does not rescore.
   */
  public void begin() {
    SolrRequestInfo request = SolrRequestInfo.getRequestInfo();
    if (request == null || request.getRsp() == null || section().isPresent()) {
      return;
    }
    SolrParams params = request.getReq().getParams();
    boolean fetchesFields = params.get(ShardParams.IDS) != null;
    if (ThisRequest.coordinates() || fetchesFields || params.getInt(CommonParams.ROWS, 1) == 0) {
      return;
    }
    open(request.getRsp());
    if (!context.isSkipped() && request.getReq().getSearcher().maxDoc() == 0) {
      // Solr does not search an empty index.
      noHits();
    }
  }

  /** Puts the section into a response, and counts what it says when the request is over. */
  public void open(SolrQueryResponse response) {
    NamedList<Object> section = new SimpleOrderedMap<>();
    response.getValues().remove(ResponseSection.NAME);
    response.add(ResponseSection.NAME, section);
    ResponseSection begun = ResponseSection.of(context.model(), context.outcome());
    begun.writeTo(section);
    log(begun, response);
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
    context.outcome(RerankOutcome.NO_HITS);
    write(ResponseSection.ofNoHits(context.model()));
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
    if (done().isPresent()) {
      // One of several queries of a request, as Solr's CombinedQueryComponent runs them.
      section = section().map(ResponseSection::of).orElse(section).merge(section);
    }
    context.outcome(section.outcome());
    ThisRequest.context().ifPresent(kept -> kept.put(Done.class, new Done(context.key(), result)));
    write(section);
    RequestBudget.spend(result.elapsedNanos());
    context.metrics().rescored(result.elapsedNanos());
    if (section.outcome() == RerankOutcome.PARTIAL) {
      refuseIfAllIsWanted();
    } else if (section.outcome() == RerankOutcome.NO_TEXT) {
      failures().warn("no hit has text in the fields " + context.params().passage().fields());
    } else if (section.outcome() == RerankOutcome.FAILED) {
      fail(result.scores().failure().orElseThrow());
    } else if (section.outcome() == RerankOutcome.OVERLOADED) {
      failures()
          .warn(
              "crossencoder is overloaded: the queue is full, requests return the first-pass order");
      if (context.params().onFailure() == OnFailure.ERROR) {
        throw new SolrException(
            ErrorCode.SERVICE_UNAVAILABLE, "crossencoder: overloaded, the queue is full");
      }
    }
  }

  private static boolean allowsPartialResults() {
    return ThisRequest.params()
        .map(params -> params.getBool(CommonParams.PARTIAL_RESULTS))
        .orElse(true);
  }

  /** Solr's own limit ended the reading of the index: nothing is scored, and nothing failed. */
  public void outOfTime() {
    context.outcome(RerankOutcome.PARTIAL);
    write(ResponseSection.of(context.model(), RerankOutcome.PARTIAL));
    refuseIfAllIsWanted();
  }

  private static void refuseIfAllIsWanted() {
    if (!allowsPartialResults()) {
      throw new QueryLimitsExceededException("crossencoder: out of time, and partialResults=false");
    }
  }

  /**
   * The rescoring did not come to a result.
   *
   * @throws SolrException 500, if the request wants to hear of it
   */
  public void failed(Throwable cause) {
    context.outcome(RerankOutcome.FAILED);
    write(ResponseSection.of(context.model(), RerankOutcome.FAILED).failed(cause));
    fail(cause);
  }

  private void fail(Throwable cause) {
    if (cause instanceof MissingModelException) {
      failures().warn("a model is missing; returning the first-pass order", cause.getMessage());
      if (context.params().onFailure() == OnFailure.ERROR) {
        throw new SolrException(ErrorCode.BAD_REQUEST, "crossencoder: " + cause.getMessage());
      }
      return;
    }
    String what = "reranking with model '" + context.model() + "' failed";
    if (context.params().onFailure() == OnFailure.ERROR) {
      failures().remember(what, cause);
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "crossencoder: reranking failed: " + cause.getMessage(), cause);
    }
    failures().report(what + "; returning the first-pass order", cause);
  }

  /** How many hits left the page of this request, if it did not come from a cache. */
  public static Optional<Integer> removed() {
    return section().map(written -> (Integer) written.get(ResponseSection.REMOVED));
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

  private FailureLog failures() {
    return context.metrics().failures();
  }

  /** Into the section of this thread's request, if it has one, and into its line of the log. */
  private static void write(ResponseSection section) {
    section().ifPresent(section::writeTo);
    ThisRequest.response().ifPresent(response -> log(section, response));
  }

  /** The section says something else of the end than before. */
  public void changed(RerankOutcome ended, SolrQueryResponse response) {
    context.outcome(ended);
    Object line = response.getToLog().remove(ResponseSection.NAME);
    String costs = line == null ? "" : line.toString().replaceFirst("^[^,]*", "");
    response.addToLog(ResponseSection.NAME, ended.label() + costs);
  }

  /** Into the line of a response in Solr's request log. */
  public static void log(ResponseSection section, SolrQueryResponse response) {
    response.getToLog().remove(ResponseSection.NAME);
    response.addToLog(ResponseSection.NAME, section.toLog());
  }

  @SuppressWarnings("unchecked") // open() put it there.
  private static Optional<NamedList<Object>> section() {
    return ThisRequest.response()
        .map(response -> (NamedList<Object>) response.getValues().get(ResponseSection.NAME));
  }
}
