// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.modules;

import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.model.ModelLoadException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Activation functions of a Dense module. */
enum DenseActivation {
  IDENTITY,
  GELU,
  TANH,
  RELU,
  SILU,
  SIGMOID;

  /** For larger arguments the error function is 1 in double precision. */
  private static final double MAX_ERF_ARGUMENT = 4;

  /**
   * The activation function with the torch class name in a configuration.
   *
   * @throws ModelLoadException if it is not supported
   */
  static DenseActivation of(JsonFile config, String key) {
    Optional<String> path = config.text(key);
    if (path.isEmpty()) {
      return config.json().keySet().contains(key) ? IDENTITY : TANH;
    }
    String name = path.get().substring(path.get().lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    boolean isClass = path.get().startsWith("torch.nn.") && !path.get().contains(".functional.");
    return Arrays.stream(values())
        .filter(each -> isClass && each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> config.wrong(key, "one of torch.nn's " + Arrays.toString(values())));
  }

  float apply(double x) {
    return (float)
        switch (this) {
          case IDENTITY -> x;
          case GELU -> x / 2 * (1 + erf(x / Math.sqrt(2)));
          case TANH -> Math.tanh(x);
          case RELU -> Math.max(0, x);
          case SILU -> x / (1 + Math.exp(-x));
          case SIGMOID -> 1 / (1 + Math.exp(-x));
        };
  }

  /** Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6: all terms are positive. */
  static double erf(double x) {
    if (Math.abs(x) > MAX_ERF_ARGUMENT) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
