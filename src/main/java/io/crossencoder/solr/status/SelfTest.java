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
 * The result of scoring a model's reference pairs without the score cache.
 *
 * @param model name of the model
 * @param verdict result
 * @param difference difference of the worst pair; none if no pair was scored
 * @param message problem in one line; only for {@link Verdict#FAILED}
 */
record SelfTest(
    String model,
    Verdict verdict,
    Optional<Double> difference,
    long millis,
    Optional<String> message) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The result of a self-test. */
  enum Verdict {
    /** Every pair is within its tolerance. */
    PASSED,
    /**
     * A pair is outside its tolerance or cannot be scored: the scores of this model are unreliable.
     */
    FAILED,
    /** The workers were too busy, which is not a failure. */
    BUSY,
    /** The model has no probe.json, or maxLength truncates all its pairs. */
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
