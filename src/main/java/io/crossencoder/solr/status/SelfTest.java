// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.status;

import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.Scores.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether a model still scores its probe pairs as it should: computed anew, whatever the score
 * cache knows.
 *
 * @param model its name
 * @param verdict how it went
 * @param difference of the pair that is furthest off; none where no pair was scored
 * @param message what is wrong, in one line; for a {@link Verdict#FAILED} only
 */
record SelfTest(
    String model,
    Verdict verdict,
    Optional<Double> difference,
    long millis,
    Optional<String> message) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How it went. */
  enum Verdict {
    /** Every pair is within its tolerance. */
    PASSED,
    /** A pair is not, or the model cannot score it: nothing this model says can be trusted. */
    FAILED,
    /** The workers had no time for it. A busy node is not a broken one. */
    BUSY,
    /** The model has no probe.json, or no pair in it that its maxLength lets it read whole. */
    NO_PROBE
  }

  boolean failed() {
    return verdict == Verdict.FAILED;
  }

  static SelfTest of(CrossEncoder model) {
    long start = System.nanoTime();
    String name = model.spec().name();
    try {
      Optional<ProbePairs.Result> worst =
          ProbePairs.read(model.spec().directory())
              .flatMap(pairs -> pairs.check(model, Deadline.in(PATIENCE)));
      Verdict verdict = worst.map(SelfTest::verdict).orElse(Verdict.NO_PROBE);
      return new SelfTest(
          name,
          verdict,
          worst.map(ProbePairs.Result::difference).filter(Double::isFinite),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
          worst.map(ProbePairs.Result::toString).filter(line -> verdict == Verdict.FAILED));
    } catch (ModelLoadException e) {
      return new SelfTest(
          name, Verdict.FAILED, Optional.empty(), 0, Optional.ofNullable(e.getMessage()));
    }
  }

  private static Verdict verdict(ProbePairs.Result worst) {
    if (worst.passed()) {
      return Verdict.PASSED;
    }
    boolean busy = worst.outcome() == Outcome.OVERLOADED || worst.outcome() == Outcome.PARTIAL;
    return busy ? Verdict.BUSY : Verdict.FAILED;
  }
}
