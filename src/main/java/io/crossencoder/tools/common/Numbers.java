// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.util.Locale;

/** Formats numbers for output. */
public final class Numbers {
  private Numbers() {}

  /** Without unnecessary decimals: 2 for 2.0, 0.5 for 0.5. */
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

  /** With three decimals and a sign. */
  public static String signed(double number) {
    return Math.abs(number) < 0.0005 ? "0.000" : String.format(Locale.ROOT, "%+.3f", number);
  }

  /** A p value; values below the resolution are printed as an upper bound. */
  public static String probability(double p) {
    return p < 0.001 ? "<0.001" : three(p);
  }
}
