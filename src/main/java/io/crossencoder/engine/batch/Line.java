// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The requests with batches to run. The request with the least worker time so far, by estimate, is
 * next: 20 pairs do not wait for 1,000, and short pairs do not wait for long ones. A new request
 * starts with the worker time of the request served last, so it neither waits for older requests
 * nor overtakes them for long. Guarded by the lock of {@link JobQueue}.
 */
final class Line {

  private record Place(ScoringJob job, double had, long number) {}

  private final PriorityQueue<Place> places =
      new PriorityQueue<>(Comparator.comparingDouble(Place::had).thenComparingLong(Place::number));

  /** Highest worker time of a request that was served. */
  private double reached;

  private long numbers;

  void add(ScoringJob job) {
    job.had = Math.max(job.had, reached);
    places.add(new Place(job, job.had, numbers++));
  }

  Optional<ScoringJob> poll() {
    Place first = places.poll();
    if (first == null) {
      return Optional.empty();
    }
    reached = Math.max(reached, first.had());
    return Optional.of(first.job());
  }

  void remove(ScoringJob job) {
    places.removeIf(place -> place.job() == job);
  }

  void clear() {
    places.clear();
  }
}
