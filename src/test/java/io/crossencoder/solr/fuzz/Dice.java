// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random choices, determined by seed and index. */
final class Dice {

  private final Random random;

  Dice(long seed, int index) {
    random = new Random(seed * 1_000_003 + index);
  }

  /** True with the probability 1/n. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /**
   * One of the values; those that begin with {@code !} are rare, because most requests would be
   * rejected.
   */
  String lineOf(List<String> lines) {
    String line = of(lines);
    while (line.startsWith("!") && !oneIn(6)) {
      line = of(lines);
    }
    return line.startsWith("!") ? line.substring(1) : line;
  }

  /** Different values in any order; all of them if there are not more. */
  <T> List<T> some(int howMany, List<T> values) {
    List<T> left = new ArrayList<>(values);
    List<T> some = new ArrayList<>();
    while (some.size() < howMany && !left.isEmpty()) {
      some.add(left.remove(random.nextInt(left.size())));
    }
    return some;
  }
}
