// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One query and what is known of its answers.
 *
 * @param id of the query
 * @param text what the user typed
 * @param grades by document id, in the order of the file; a negative one gains nothing
 */
public record JudgedQuery(String id, String text, Map<String, Double> grades) {

  public JudgedQuery {
    grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
  }
}
