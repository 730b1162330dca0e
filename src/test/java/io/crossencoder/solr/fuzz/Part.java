// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * One parameter of a random request.
 *
 * @param where where it stands
 * @param wrong whether a 400 that names it is the right answer
 */
record Part(Where where, String name, String value, boolean wrong) {

  /** Where a parameter stands. */
  enum Where {
    /** In the request, with and without a rerank. */
    REQUEST,
    /** In the request, only beside a rerank. */
    RERANKED_REQUEST,
    /** In the braces of {@code {!crossencoder}}; {@code v} is its body. */
    BRACES
  }

  static Part of(String name, String value) {
    return new Part(Where.REQUEST, name, value, false);
  }

  /** Parameters of a request, as {@code facet=true&facet.field=genres}; without any escapes. */
  static List<Part> all(String line) {
    List<Part> parts = new ArrayList<>();
    for (String each : line.isEmpty() ? new String[0] : line.split("&(?=[\\w.]+=)")) {
      int equals = each.indexOf('=');
      parts.add(of(each.substring(0, equals), each.substring(equals + 1)));
    }
    return parts;
  }
}
