// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.measures;

import java.util.Locale;

/** Numbers as they are printed. */
public final class Numbers {
  private Numbers() {}

  /** 2 rather than 2.0; 0.5 as it is. */
  public static String shortest(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.valueOf(number);
  }

  /** Without decimals. */
  public static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  /** With three decimals. */
  public static String three(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }

  /** With three decimals and its sign. */
  public static String signed(double number) {
    return Math.abs(number) < 0.0005 ? "0.000" : String.format(Locale.ROOT, "%+.3f", number);
  }

  /** As p values are given: what is below the resolution is said to be below it. */
  public static String probability(double p) {
    return p < 0.001 ? "<0.001" : three(p);
  }
}
