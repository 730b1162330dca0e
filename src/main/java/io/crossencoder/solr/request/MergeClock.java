// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import java.util.List;
import java.util.Optional;
import org.apache.solr.handler.component.ResponseBuilder;

/**
 * How much of a request over several shards is Solr's own time, and how much of what is left is to
 * be kept for it. On the coordinator, one a request.
 */
public final class MergeClock {

  /** Of a page that was given up nobody knows how much more time it would have taken. */
  private static final double MORE = 1.5;

  private final ResponseBuilder builder;
  private final List<MergeTime> parts;

  /** The part at hand, and when it began; negative before the shards are asked. */
  private int part = -1;

  private double since;
  private double scoring;
  private boolean complete;

  private MergeClock(ResponseBuilder builder, List<MergeTime> parts) {
    this.builder = builder;
    this.parts = parts;
  }

  /**
   * Several shards are about to be asked.
   *
   * @param parts what Solr needed of late, for each part of the request
   */
  public static void begin(ResponseBuilder builder, List<MergeTime> parts) {
    MergeClock clock = new MergeClock(builder, parts);
    builder.req.getContext().put(MergeClock.class, clock);
    RequestEnd.then(clock::end);
  }

  /** That of a request, if it has one. */
  public static Optional<MergeClock> of(ResponseBuilder builder) {
    return Optional.ofNullable((MergeClock) builder.req.getContext().get(MergeClock.class));
  }

  /** How much of the milliseconds that remain is to be left to Solr: for this part and the next. */
  double reserve(double remaining) {
    return parts.stream()
        .skip(Math.max(0, part))
        .mapToDouble(time -> time.reserve(remaining / parts.size()))
        .sum();
  }

  /** The first part begins, or the next. */
  public void next() {
    took(1);
    part++;
    since = now();
    scoring = 0;
  }

  /** So many milliseconds of this part were not Solr's. */
  public void scored(double milliseconds) {
    scoring += milliseconds;
  }

  /** The page is there. */
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
