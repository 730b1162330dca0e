// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of reranking in one core by one model: outcomes and durations. Thread-safe. */
public final class RerankMetrics {

  private final Map<String, LongAdder> outcomes = new LinkedHashMap<>();
  private final Durations elapsed = new Durations();
  private final FailureLog failures;
  private final List<Metric> metrics = new ArrayList<>();

  RerankMetrics(String core, String model, FailureLog failures) {
    this.failures = failures;
    Map<String, String> labels = Map.of("core", core, "model", model);
    for (String outcome : RerankOutcome.LABELS) {
      LongAdder count = new LongAdder();
      outcomes.put(outcome, count);
      Map<String, String> ofOutcome = new LinkedHashMap<>(labels);
      ofOutcome.put("outcome", outcome);
      metrics.add(
          Metric.counter(
              "requests_total",
              ofOutcome,
              "Requests with rq={!crossencoder} by outcome.",
              count::sum));
    }
    metrics.add(
        Metric.durations(
            "rerank_seconds",
            labels,
            "Time of reranking, including reading the passages.",
            elapsed));
  }

  /** All metrics, the same list at each call. */
  List<Metric> metrics() {
    return metrics;
  }

  /**
   * Counts a request.
   *
   * @param outcome outcome of its reranking
   */
  public void ended(RerankOutcome outcome) {
    outcomes.get(outcome.label()).increment();
  }

  /**
   * Records the duration of a rescoring.
   *
   * @param nanos duration in nanoseconds
   */
  public void rescored(long nanos) {
    elapsed.record(nanos);
  }

  /** {@return recent failures of the node} */
  public FailureLog failures() {
    return failures;
  }
}
