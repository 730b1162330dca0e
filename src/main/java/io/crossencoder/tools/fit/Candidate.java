// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import java.util.Map;

/**
 * A candidate with its features.
 *
 * @param grade null if the document is not judged
 * @param fields numbers by field; missing if the document has no value
 */
record Candidate(
    String id,
    Double grade,
    double score,
    double logit,
    double probability,
    Map<String, Double> fields) {

  /** The value in a blend: 0 if the document has no value. */
  double field(String name) {
    return fields.getOrDefault(name, 0.0);
  }
}
