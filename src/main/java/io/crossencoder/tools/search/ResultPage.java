// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import io.crossencoder.tools.common.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one query gave.
 *
 * @param hits best first
 * @param found how many documents match
 * @param queryMillis Solr's QTime
 * @param crossEncoder the response's section about the reranking, in its order; empty without one
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
   * @param year empty where the release date is unknown
   * @param score BM25's, or the logit
   */
  public record Hit(String id, String title, String year, float score) {
    private static final int MIN_CELLS_FOR_YEAR = 20;

    /** Title and year in exactly so many cells; where they are few, the title alone. */
    String label(int cells) {
      String suffix = year.isEmpty() || cells < MIN_CELLS_FOR_YEAR ? "" : " (" + year + ")";
      String name = TerminalText.shorten(TerminalText.clean(title), cells - suffix.length());
      return TerminalText.fit(name + suffix, cells);
    }
  }
}
