// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.measures;

import io.crossencoder.tools.common.Numbers;

/** A range of numbers. */
public record Interval(double low, double high) {

  @Override
  public String toString() {
    return "[" + Numbers.three(low) + ", " + Numbers.three(high) + "]";
  }

  /** Formats the range with signs. */
  public String signed() {
    return "[" + Numbers.signed(low) + ", " + Numbers.signed(high) + "]";
  }
}
