// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import java.util.Map;

/**
 * A hit of the first pass, and what is known of it.
 *
 * @param grade null where nobody judged it
 * @param fields numbers by field; one that the document lacks is not in it
 */
record Candidate(
    String id,
    Double grade,
    double score,
    double logit,
    double probability,
    Map<String, Double> fields) {

  /** As a blend has it: 0 where the document has none. */
  double field(String name) {
    return fields.getOrDefault(name, 0.0);
  }
}
