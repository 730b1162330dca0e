// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import java.util.List;
import org.apache.solr.common.SolrInputDocument;

/** A record of a TMDB file: a film, or the reason why it was skipped. */
sealed interface TmdbRecord {

  /** The id of the record, or its key in the file, or its place, such as {@code #17}. */
  String id();

  /**
   * A film with an id and a title.
   *
   * @param document fields with valid values
   * @param leftOut fields that were omitted, because their values have the wrong type
   */
  record Film(String id, SolrInputDocument document, List<String> leftOut) implements TmdbRecord {}

  /** A record that cannot be indexed. */
  record Skipped(String id, String reason) implements TmdbRecord {}
}
