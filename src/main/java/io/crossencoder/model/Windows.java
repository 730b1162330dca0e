// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;

/**
 * A long passage in parts that fit into the model, each with the title before it; or the values of
 * a field, each with the texts of the other fields.
 *
 * @param texts the windows, from the beginning of the passage; the whole passage if it fits in one
 * @param truncated whether the windows do not cover the whole passage
 */
public record Windows(List<String> texts, boolean truncated) {

  /** None at all: there was no time to look. */
  public static final Windows NONE = new Windows(List.of(), false);
}
