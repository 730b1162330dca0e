// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Generates random requests, determined by seed and index. */
final class RequestGenerator {

  private RequestGenerator() {}

  static FuzzRequest request(long seed, int index) {
    Dice dice = new Dice(seed, index);
    List<Part> parts = new ArrayList<>(Queries.any(dice));
    parts.addAll(Part.all("fl=" + dice.lineOf(SolrFeatures.FIELDS)));
    if (dice.oneIn(2)) {
      parts.add(Part.of("rows", dice.lineOf(SolrFeatures.ROWS)));
    }
    if (dice.oneIn(3)) {
      parts.add(Part.of("start", dice.lineOf(SolrFeatures.STARTS)));
    }
    parts.addAll(SolrFeatures.some(dice));
    parts.addAll(RerankOptions.some(dice));
    parts.addAll(RerankOptions.transformer(dice));
    return new FuzzRequest(List.copyOf(parts));
  }
}
