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
 * Which documents somebody found relevant to which queries, out of a file in the form of RankLib:
 *
 * <pre>
 * # qid:1: vietnam war*1
 * 1   qid:1   # 28   vietnam war
 * </pre>
 *
 * <p>The header names a query; {@code *} and its weight may be left out. Then come grades, the
 * number of the query, and behind the {@code #} the id of the document; features before it and
 * words after the id are not read.
 */
final class Judgments {

  /** No query is judged. */
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
   * @throws SolrException 500: the file, the line and what is wrong with it
   */
  static Judgments load(ResourceLoader loader, String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(loader.openResource(file), StandardCharsets.UTF_8))) {
      return read(file, lines);
    } catch (IOException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "judgments: " + file + " cannot be read: " + e.getMessage(), e);
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
                + ": is not like '1 qid:1 # 28', a grade, a query and a document");
      }
    }
    return new Judgments(byQuery);
  }

  private static String normal(String query) {
    return query.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  /**
   * The grades of a query by id of the document; case and spaces of the query do not matter. Empty
   * if the file does not have the query.
   */
  Optional<Map<String, Integer>> of(String query) {
    return Optional.ofNullable(byQuery.get(normal(query)));
  }
}
