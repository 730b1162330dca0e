// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.browse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.util.ResourceLoader;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * Relevance judgments from a file in RankLib format:
 *
 * <pre>
 * # qid:1: vietnam war*1
 * 1   qid:1   # 28   vietnam war
 * </pre>
 *
 * <p>The header contains the text of a query; {@code *} and a weight are optional. The other lines
 * contain a grade, the number of the query, and after {@code #} the document id. Features before
 * {@code #} and words after the id are ignored.
 */
final class Judgments {

  /** No judgments. */
  static final Judgments NONE = new Judgments(Map.of());

  private static final Pattern QUERY = Pattern.compile("#\\s*qid:(\\d+):\\s*(.*?)(?:\\*[\\d.]+)?");
  private static final Pattern GRADE =
      Pattern.compile("(-?\\d{1,9})\\s+qid:(\\d+)\\b[^#]*#\\s*(\\S+)(?:\\s.*)?");

  private final Map<String, Map<String, Integer>> byQuery;

  private Judgments(Map<String, Map<String, Integer>> byQuery) {
    this.byQuery = byQuery;
  }

  /**
   * Reads a file of the configset.
   *
   * @throws SolrException 500 with the file, the line and the problem
   */
  static Judgments load(ResourceLoader loader, String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(loader.openResource(file), StandardCharsets.UTF_8))) {
      return read(file, lines);
    } catch (IOException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "cannot read judgments file " + file + ": " + e.getMessage(), e);
    }
  }

  private static Judgments read(String file, BufferedReader lines) throws IOException {
    Map<String, Map<String, Integer>> byNumber = new HashMap<>();
    Map<String, Map<String, Integer>> byQuery = new HashMap<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String text = line.strip();
      Matcher query = QUERY.matcher(text);
      Matcher grade = GRADE.matcher(text);
      if (query.matches()) {
        byQuery.put(
            normal(query.group(2)),
            byNumber.computeIfAbsent(query.group(1), qid -> new LinkedHashMap<>()));
      } else if (grade.matches()) {
        byNumber
            .computeIfAbsent(grade.group(2), qid -> new LinkedHashMap<>())
            .put(grade.group(3), Integer.valueOf(grade.group(1)));
      } else if (!text.isEmpty() && !text.startsWith("#")) {
        throw new SolrException(
            ErrorCode.SERVER_ERROR,
            "judgments: "
                + file
                + ", line "
                + number
                + ": expected a grade, a query and a document, such as '1 qid:1 # 28'");
      }
    }
    return new Judgments(byQuery);
  }

  private static String normal(String query) {
    return query.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  /**
   * Grades of a query by document id; case and white space of the query are ignored. Empty if the
   * query has no judgments.
   */
  Optional<Map<String, Integer>> of(String query) {
    return Optional.ofNullable(byQuery.get(normal(query)));
  }
}
