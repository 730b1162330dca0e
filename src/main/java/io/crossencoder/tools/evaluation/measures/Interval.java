// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.measures;

/** Between two numbers. */
public record Interval(double low, double high) {

  @Override
  public String toString() {
    return "[" + Numbers.three(low) + ", " + Numbers.three(high) + "]";
  }

  /** With the signs of both. */
  public String signed() {
    return "[" + Numbers.signed(low) + ", " + Numbers.signed(high) + "]";
  }
}
