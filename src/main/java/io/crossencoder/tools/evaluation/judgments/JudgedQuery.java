// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query and its judgments.
 *
 * @param id id of the query
 * @param text text of the user
 * @param grades by document id, in the order of the file; negative grades have no gain
 */
public record JudgedQuery(String id, String text, Map<String, Double> grades) {

  public JudgedQuery {
    grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
  }
}
