// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import java.util.List;
import java.util.Optional;
import org.apache.solr.handler.component.ResponseBuilder;

/**
 * Measures Solr's own time in a distributed request and computes how much of the remaining time to
 * reserve for it. One object per request, on the coordinator.
 */
public final class MergeClock {

  /** Factor for a page that was not completed, because its total time is unknown. */
  private static final double MORE = 1.5;

  private final ResponseBuilder builder;
  private final List<MergeTime> parts;

  /** Index of the current part and its start; negative before the shards receive the request. */
  private int part = -1;

  private double since;
  private double scoring;
  private boolean complete;

  private MergeClock(ResponseBuilder builder, List<MergeTime> parts) {
    this.builder = builder;
    this.parts = parts;
  }

  /**
   * Called before requests are sent to several shards.
   *
   * @param parts Solr's recent times, per part of the request
   */
  public static void begin(ResponseBuilder builder, List<MergeTime> parts) {
    MergeClock clock = new MergeClock(builder, parts);
    builder.req.getContext().put(MergeClock.class, clock);
    RequestEnd.then(clock::end);
  }

  /** The clock of a request, if it has one. */
  public static Optional<MergeClock> of(ResponseBuilder builder) {
    return Optional.ofNullable((MergeClock) builder.req.getContext().get(MergeClock.class));
  }

  /** Milliseconds of the remaining time to reserve for Solr: for this part and the next ones. */
  double reserve(double remaining) {
    return parts.stream()
        .skip(Math.max(0, part))
        .mapToDouble(time -> time.reserve(remaining / parts.size()))
        .sum();
  }

  /** Starts the next part. */
  public void next() {
    took(1);
    part++;
    since = now();
    scoring = 0;
  }

  /** Subtracts the scoring time from this part. */
  public void scored(double milliseconds) {
    scoring += milliseconds;
  }

  /** The page is complete. */
  public void complete() {
    if (!complete) {
      complete = true;
      took(1);
    }
  }

  private void end() {
    if (!complete && builder.rsp.getException() == null) {
      took(MORE);
    }
  }

  private void took(double times) {
    if (part >= 0) {
      parts.get(part).took(times * Math.max(1, now() - since - scoring));
    }
  }

  private double now() {
    return builder.req.getRequestTimer().getTime();
  }
}
