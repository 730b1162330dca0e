// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.function.Predicate;

/** Reduces a failing request while it still fails. */
final class Shrinker {

  private Shrinker() {}

  static FuzzRequest shrink(FuzzRequest request, Predicate<FuzzRequest> fails) {
    for (Part part : request.parts()) {
      FuzzRequest smaller = request.without(part);
      if (fails.test(smaller)) {
        return shrink(smaller, fails);
      }
    }
    return request;
  }
}
