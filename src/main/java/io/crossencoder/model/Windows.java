// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;

/**
 * The texts of one passage that are scored one by one: the windows of a long text, each with the
 * title before it, or the values of a field, each with the texts of the other fields.
 *
 * @param texts in the order of the passage; the whole passage if it fits into the model
 * @param truncated whether the windows do not cover the whole passage
 */
public record Windows(List<String> texts, boolean truncated) {

  /** No windows, because the deadline expired. */
  public static final Windows NONE = new Windows(List.of(), false);
}
