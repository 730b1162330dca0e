// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.lucene.PassageReader;
import java.util.List;
import java.util.Optional;

/**
 * What the model gets of a document: equal where the texts are.
 *
 * @param fields the stored fields that make the passage, in their order
 * @param valueField that of the fields of which each value is scored by itself; none: their values
 *     are joined
 * @param maxWindows how many windows or values are scored; none: only the head is read
 */
public record PassageSpec(
    List<String> fields, Optional<String> valueField, Optional<Integer> maxWindows) {

  /** What reads the texts. */
  public PassageReader reader() {
    return new PassageReader(fields, valueField);
  }
}
