// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The table "vietnam war" in the notebook on cross-encoders of AI-Powered Search: 41 judged films
 * and their scores by ms-marco-MiniLM-L6-v2. A passage consists of title, blank line and overview
 * in the book's tmdb.json; other overviews have other scores.
 */
final class PublishedScores {
  static final String TEXT = "vietnam war";

  private static final CSVFormat FORMAT =
      CSVFormat.TDF.builder().setHeader().setSkipHeaderRecord(true).setCommentMarker('#').get();

  private PublishedScores() {}

  /**
   * A film in the table.
   *
   * @param grade judgment of the book
   * @param score the logit
   */
  record Film(String title, double grade, double score) {}

  /** Films by TMDB id, best first. */
  static Map<String, Film> read() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PublishedScores.class.getResourceAsStream("vietnam-war.tsv")),
                StandardCharsets.UTF_8))) {
      Map<String, Film> films = new LinkedHashMap<>();
      for (CSVRecord row : FORMAT.parse(lines)) {
        films.put(
            row.get("doc_id"),
            new Film(
                row.get("title"),
                Double.parseDouble(row.get("grade")),
                Double.parseDouble(row.get("score"))));
      }
      return films;
    }
  }

  /** Whether the scores are from the model with this name. */
  static boolean areOf(String model) {
    return model.matches("(?i)(.*[/_-])?ms-marco-MiniLM-L-?6-v2");
  }
}
