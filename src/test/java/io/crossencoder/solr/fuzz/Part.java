// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A parameter of a random request.
 *
 * @param where its place
 * @param wrong whether HTTP 400 with its name is the right response
 */
record Part(Where where, String name, String value, boolean wrong) {

  /** The place of a parameter. */
  enum Where {
    /** In the request, with and without reranking. */
    REQUEST,
    /** In the request, only with reranking. */
    RERANKED_REQUEST,
    /** In the local parameters of {@code {!crossencoder}}; {@code v} is its body. */
    BRACES
  }

  static Part of(String name, String value) {
    return new Part(Where.REQUEST, name, value, false);
  }

  /** Parameters of a request, such as {@code facet=true&facet.field=genres}, not escaped. */
  static List<Part> all(String line) {
    List<Part> parts = new ArrayList<>();
    for (String each : line.isEmpty() ? new String[0] : line.split("&(?=[\\w.]+=)")) {
      int equals = each.indexOf('=');
      parts.add(of(each.substring(0, equals), each.substring(equals + 1)));
    }
    return parts;
  }
}
