// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.model.Scores;
import io.crossencoder.solr.FilmsTestCase;
import io.crossencoder.solr.metrics.FailureLog;
import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.parameters.AbsentModel.MissingModelException;
import io.crossencoder.solr.request.RequestBudget;
import io.crossencoder.solr.rerank.RerankParser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrQueryRequestBase;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.search.QParser;
import org.apache.solr.util.LogListener;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Reports of reranking, and the data kept in a request. */
public final class RerankReporterTest extends FilmsTestCase {

  private SolrCore core;
  private SolrQueryRequest request;
  private SolrQueryResponse response;

  @Before
  public void beginRequest() {
    core = solr.getCoreContainer().getCore("tmdb");
    request = new SolrQueryRequestBase(core, new ModifiableSolrParams()) {};
    response = new SolrQueryResponse();
    SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
  }

  @After
  public void endRequest() {
    SolrRequestInfo.clearRequestInfo();
    request.close();
    core.close();
  }

  private RerankContext context(String rq) throws Exception {
    return ((RerankParser) QParser.getParser(rq, request)).context();
  }

  @Test
  public void aFailureIsLoggedOnceAndRememberedWithItsCount() throws Exception {
    try (LogListener log = LogListener.error(FailureLog.class)) {
      RerankReporter reporter = new RerankReporter(context("{!crossencoder}war"));
      reporter.open(response);
      reporter.failed(new IllegalStateException("no such luck"));
      reporter.failed(new IllegalStateException("no such luck"));
      String what = "reranking with model 'tmdb-starter' failed; returning the first-pass order";
      assertEquals(what, log.pollMessage());
      assertNull(log.pollMessage());
      FailureLog.Failure failure =
          NodeMetrics.of(solr.getCoreContainer()).failures().failures().stream()
              .filter(each -> each.error().equals("IllegalStateException: no such luck"))
              .findFirst()
              .orElseThrow();
      assertEquals(what, failure.what());
      assertEquals(2, failure.count());
      assertEquals(
          "{model=tmdb-starter, outcome=failed, error=IllegalStateException: no such luck}",
          response.getValues().get("crossEncoder").toString());
      assertEquals("failed", response.getToLog().get("crossEncoder"));
    }
  }

  private static RescoreResult result(RerankContext context, Optional<Throwable> failure) {
    Scores.Outcome outcome = failure.isPresent() ? Scores.Outcome.FAILED : Scores.Outcome.COMPLETE;
    Scores scores =
        new Scores(
            new float[0],
            new boolean[0],
            List.of(),
            new Scores.Work(0, 0, 0, 0, 0, 0),
            outcome,
            failure);
    return new RescoreResult(
        context.params().model().spec(), List.of(), scores, new double[0][], 0, 1);
  }

  @Test
  public void afterAQueryThatFailedAnotherOfTheSameRequestIsReranked() throws Exception {
    RerankContext context = context("{!crossencoder}war");
    RerankReporter reporter = new RerankReporter(context);
    reporter.open(response);
    // Another kind than in other tests, because each kind is logged once per minute.
    reporter.done(result(context, Optional.of(new ArithmeticException("no such luck"))));
    reporter.done(result(context, Optional.empty()));
    assertEquals(RerankOutcome.FAILED, context.outcome());
    assertEquals("failed,0/0,cached=0,0.0ms", response.getToLog().get("crossEncoder"));
  }

  @Test
  public void aMissingModelIsOneWarningWithItsNode() throws Exception {
    SolrRequestInfo.clearRequestInfo();
    request.close();
    ModifiableSolrParams ofShard = new ModifiableSolrParams().set("isShard", "true");
    request = new SolrQueryRequestBase(core, ofShard) {};
    SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
    RerankContext context = context("{!crossencoder model=nope}war");
    RuntimeException missing =
        assertThrows(
            MissingModelException.class, () -> AbsentModel.refuseToScore(context.params().model()));
    try (LogListener log = LogListener.warn(FailureLog.class)) {
      RerankReporter reporter = new RerankReporter(context);
      reporter.open(response);
      reporter.failed(missing);
      reporter.failed(missing);
      assertEquals(1, log.getCount());
      String line = log.pollMessage();
      assertTrue(line, line.matches(".*: node .* has no model 'nope'; installed: tmdb-starter"));
    }
  }

  @Test
  public void sectionsMergeToTheSumOfTheCostsAndTheWorstOutcome() {
    SimpleOrderedMap<Object> one = section("complete", 5, 5, 3.25);
    SimpleOrderedMap<Object> other = section("partial", 7, 2, 9.5);
    ResponseSection merged =
        List.of(one, other).stream()
            .map(ResponseSection::of)
            .reduce(ResponseSection::merge)
            .orElseThrow();
    assertEquals(RerankOutcome.PARTIAL, merged.outcome());
    assertEquals("partial,7/12,9.5ms", merged.toLog());
    SimpleOrderedMap<Object> written = new SimpleOrderedMap<>();
    merged.over(Optional.empty(), 3, 1).writeTo(written);
    assertEquals(
        "{model=m, candidates=12, scored=7, elapsedMs=9.5, outcome=partial, shards=3,"
            + " shardsMissing=1}",
        written.toString());
  }

  private static SimpleOrderedMap<Object> section(
      String outcome, int candidates, int scored, double elapsedMs) {
    SimpleOrderedMap<Object> section = new SimpleOrderedMap<>();
    section.add("model", "m");
    section.add("candidates", candidates);
    section.add("scored", scored);
    section.add("elapsedMs", elapsedMs);
    section.add("outcome", outcome);
    return section;
  }

  @Test
  public void withoutHitsBecauseTheTimeWasOverIsNotComplete() throws Exception {
    SolrRequestInfo.clearRequestInfo();
    request.close();
    request = new SolrQueryRequestBase(core, new ModifiableSolrParams().set("timeAllowed", "0")) {};
    SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
    RerankReporter reporter = new RerankReporter(context("{!crossencoder}war"));
    reporter.open(response);
    reporter.noHits();
    assertEquals(
        "{model=tmdb-starter, outcome=partial}",
        response.getValues().get("crossEncoder").toString());
  }

  @Test
  public void allScoringsOfARequestHaveOneBudget() throws Exception {
    RequestBudget.spend(Duration.ofHours(5).toNanos());
    RerankContext later = context("{!crossencoder reRankTimeout=21600000}war");
    long left = Duration.ofNanos(later.deadline().remainingNanos()).toMinutes();
    assertTrue("left: " + left, left <= 60 && left > 30);
    RequestBudget.spend(Duration.ofHours(2).toNanos());
    assertTrue(later.deadline().remainingNanos() <= 0);
  }
}
