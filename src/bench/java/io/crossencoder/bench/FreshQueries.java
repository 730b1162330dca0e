// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Queries that are in no cache: real queries with an additional word that is not in the films.
 * Thread-safe.
 */
final class FreshQueries {

  private final List<String> queries;
  private final String run = "zq" + Long.toString(System.currentTimeMillis(), 36);
  private final AtomicLong count = new AtomicLong();

  FreshQueries(List<String> queries) {
    this.queries = queries;
  }

  String next() {
    return query(count.getAndIncrement(), "");
  }

  /** The same query for every caller, so that every call except the first repeats it. */
  String repeated(long number) {
    return query(number, "r");
  }

  private String query(long number, String kind) {
    String query = queries.get((int) (number % queries.size()));
    return query + " " + run + kind + Long.toString(number, 36);
  }
}
