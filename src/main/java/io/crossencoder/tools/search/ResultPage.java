// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import io.crossencoder.tools.common.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one query.
 *
 * @param hits best first
 * @param found number of matching documents
 * @param queryMillis Solr's QTime
 * @param crossEncoder section of the response about reranking; empty if there is none
 */
public record ResultPage(
    List<Hit> hits, long found, int queryMillis, Map<String, Object> crossEncoder) {

  public ResultPage {
    hits = List.copyOf(hits);
    crossEncoder = new LinkedHashMap<>(crossEncoder);
  }

  /**
   * A film on the page.
   *
   * @param year empty if the release date is unknown
   * @param score first-pass score or final score
   */
  public record Hit(String id, String title, String year, float score) {
    private static final int MIN_CELLS_FOR_YEAR = 20;

    /**
     * Title and year in exactly this number of columns; only the title if there is little space.
     */
    String label(int cells) {
      String suffix = year.isEmpty() || cells < MIN_CELLS_FOR_YEAR ? "" : " (" + year + ")";
      String name = TerminalText.shorten(TerminalText.clean(title), cells - suffix.length());
      return TerminalText.fit(name + suffix, cells);
    }
  }
}
