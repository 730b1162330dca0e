// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import io.crossencoder.model.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;

/**
 * The time limit of scoring in the request of this thread, shared by reranking and the scoring
 * while the page is written.
 */
public final class RequestBudget {

  /** Share of the remaining time that is reserved for Solr's work after reranking. */
  private static final double SOLRS_SHARE = 0.2;

  private RequestBudget() {}

  /**
   * The deadline of a scoring that starts now.
   *
   * <p>When {@code timeAllowed} or {@code cpuAllowed} is reached, Solr skips the later components,
   * and in SolrCloud returns no page at all. Scoring therefore ends when a fifth of the time is
   * left, and in SolrCloud earlier if Solr {@linkplain MergeTime needs} more.
   *
   * @param reRankTimeout time limit of all scorings in the request; none: no limit
   */
  public static Deadline deadline(Optional<Duration> reRankTimeout) {
    long spent = spent().map(AtomicLong::get).orElse(0L);
    return reRankTimeout
        .map(budget -> Deadline.in(budget.minusNanos(spent)))
        .orElse(Deadline.NONE)
        .orEarlier(solrs(CommonParams.TIME_ALLOWED))
        .orEarlier(solrs(CommonParams.CPU_ALLOWED));
  }

  /** Records the duration of a scoring. */
  public static void spend(long nanos) {
    spent().ifPresent(sum -> sum.addAndGet(nanos));
  }

  /** Total duration of all scorings. */
  static double spentMs() {
    return spent().map(AtomicLong::get).orElse(0L) / 1e6;
  }

  private static Optional<AtomicLong> spent() {
    return ThisRequest.context().map(RequestBudget::spent);
  }

  /** Atomic, because with multiThreaded=true several threads call the function. */
  private static AtomicLong spent(Map<Object, Object> context) {
    synchronized (context) {
      return (AtomicLong) context.computeIfAbsent(RequestBudget.class, k -> new AtomicLong());
    }
  }

  private static Deadline solrs(String limit) {
    return ThisRequest.request().map(request -> solrs(limit, request)).orElse(Deadline.NONE);
  }

  /** Solr counts the CPU time of the request's thread, which is idle during inference. */
  private static Deadline solrs(String limit, SolrQueryRequest request) {
    long allowed = request.getParams().getLong(limit, -1L);
    if (allowed < 0 || (allowed == 0 && limit.equals(CommonParams.CPU_ALLOWED))) {
      return Deadline.NONE;
    }
    double remaining =
        ShardMessages.timeLeft(request.getParams(), allowed, request.getRequestTimer().getTime());
    double solrs = Math.max(remaining * SOLRS_SHARE, toMerge(request.getParams(), remaining));
    return Deadline.in(Duration.ofNanos((long) ((remaining - solrs) * 1_000_000)));
  }

  private static double toMerge(SolrParams params, double remaining) {
    if (ThisRequest.coordinates()) {
      return ThisRequest.builder()
          .flatMap(MergeClock::of)
          .map(clock -> clock.reserve(remaining))
          .orElse(MergeTime.guess(remaining));
    }
    return ShardMessages.isOfShard(params) ? ShardMessages.reserve(params, remaining) : 0;
  }
}
