// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import java.util.List;
import org.apache.solr.common.SolrInputDocument;

/** One record of a TMDB file: a film to index, or why there is none. */
sealed interface TmdbRecord {

  /** The record's own id, else its key in the file, else its place there, as {@code #17}. */
  String id();

  /**
   * A film with an id and a title.
   *
   * @param document the fields of the schema that the record has a usable value for
   * @param leftOut the fields whose value was of the wrong type, so that they are not in the
   *     document
   */
  record Film(String id, SolrInputDocument document, List<String> leftOut) implements TmdbRecord {}

  /** A record that cannot be a document. */
  record Skipped(String id, String reason) implements TmdbRecord {}
}
