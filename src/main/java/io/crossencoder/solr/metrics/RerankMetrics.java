// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.metrics;

import io.crossencoder.metrics.Durations;
import io.crossencoder.metrics.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How the reranks of one core by one model ended, and how long they took. Thread-safe. */
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
              "Requests with rq={!crossencoder}, by how the rerank ended.",
              count::sum));
    }
    metrics.add(
        Metric.durations(
            "rerank_seconds", labels, "Time of a rerank, reading the passages included.", elapsed));
  }

  /** All of them, the same list each time. */
  List<Metric> metrics() {
    return metrics;
  }

  /**
   * A request is over.
   *
   * @param outcome how its rerank ended
   */
  public void ended(RerankOutcome outcome) {
    outcomes.get(outcome.label()).increment();
  }

  /**
   * Candidates were rescored, or some of them.
   *
   * @param nanos how long it took
   */
  public void rescored(long nanos) {
    elapsed.record(nanos);
  }

  /** {@return where the node remembers what went wrong} */
  public FailureLog failures() {
    return failures;
  }
}
