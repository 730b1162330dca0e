// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The requests that have something to run. Next is the one that has had the least time of the
 * workers, by estimate: 20 pairs do not wait behind 1,000, nor short pairs behind as many long
 * ones. A request that comes is not behind those who were there, and cannot catch up on what they
 * had before. Guarded by the lock of {@link JobQueue}.
 */
final class Line {

  private record Place(ScoringJob job, double had, long number) {}

  private final PriorityQueue<Place> places =
      new PriorityQueue<>(Comparator.comparingDouble(Place::had).thenComparingLong(Place::number));

  /** What those had who were taken last. */
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
