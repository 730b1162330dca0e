// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.lucene.PassageReader;
import java.util.List;
import java.util.Optional;

/**
 * The settings that determine the text of a document for the model.
 *
 * @param fields stored fields of the passage, in their order
 * @param valueField the field whose values are scored one by one; none: the values are joined
 * @param maxWindows maximum number of windows or values; none: only the beginning is scored
 */
public record PassageSpec(
    List<String> fields, Optional<String> valueField, Optional<Integer> maxWindows) {

  /** The reader of the texts. */
  public PassageReader reader() {
    return new PassageReader(fields, valueField);
  }
}
