// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import java.util.List;

/** Runs several closing steps even if one of them fails. */
final class Closing {

  private Closing() {}

  /** Runs every step; throws the first exception, with the others suppressed. */
  static void all(List<Runnable> steps) {
    Throwable failure = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        failure = failure == null ? e : suppress(failure, e);
      }
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Runs a step after another exception, which suppresses the exception of the step. */
  static void after(Throwable failure, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      suppress(failure, e);
    }
  }

  private static Throwable suppress(Throwable failure, Throwable other) {
    if (failure != other) {
      failure.addSuppressed(other);
    }
    return failure;
  }
}
