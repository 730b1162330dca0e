// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads {@link JudgmentFormat#CSV}. Quepid's queries have a text but no number. Without a column
 * qid, they are numbered in the order of the file.
 */
final class CsvRows {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();

  private enum Column {
    QUERY,
    DOCUMENT,
    RATING,
    ID
  }

  /** Names of columns in lower case, letters only; Quepid's names come first. */
  private static final Map<Column, List<String>> NAMES =
      Map.of(
          Column.QUERY, List.of("query", "querytext", "keywords"),
          Column.DOCUMENT, List.of("docid", "documentid", "doc", "document"),
          Column.RATING,
              List.of("rating", "grade", "judgment", "judgement", "relevance", "weight", "clicks"),
          Column.ID, List.of("qid", "queryid"));

  private CsvRows() {}

  static boolean isHeader(String line) {
    try (CSVParser parser = FORMAT.parse(new StringReader(line))) {
      Iterator<CSVRecord> records = parser.iterator();
      return records.hasNext()
          && columns(records.next()).keySet().containsAll(Set.of(Column.QUERY, Column.DOCUMENT));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  static void read(BufferedReader lines, JudgmentCollector into) throws IOException {
    Map<String, String> ids = new HashMap<>();
    long line = 1;
    try (CSVParser parser = FORMAT.parse(lines)) {
      Iterator<CSVRecord> records = parser.iterator();
      CSVRecord header = records.hasNext() ? records.next() : null;
      Map<Column, Integer> columns = header == null ? Map.of() : columns(header);
      for (Column needed : List.of(Column.QUERY, Column.DOCUMENT, Column.RATING)) {
        if (!columns.containsKey(needed)) {
          into.problem(1, "the header has no column '" + NAMES.get(needed).get(0) + "'");
        }
      }
      if (!into.problems().isEmpty()) {
        return;
      }
      line = parser.getCurrentLineNumber() + 1;
      while (records.hasNext()) {
        CSVRecord record = records.next();
        if (hasColumns(line, record, header.size(), into)) {
          row(line, record, columns, ids, into);
        }
        line = parser.getCurrentLineNumber() + 1;
      }
    } catch (UncheckedIOException e) {
      // After an unclosed quote, the rest of the file has no valid rows.
      into.problem(line, "wrong quotation marks; the rest of the file cannot be read");
    }
  }

  /**
   * A text with a comma and without quotation marks moves the values to other columns. Quepid
   * writes a query without documents as a single column; Excel adds empty columns.
   */
  private static boolean hasColumns(
      long line, CSVRecord record, int expected, JudgmentCollector into) {
    long columns = record.size();
    while (columns > expected && record.get((int) columns - 1).isBlank()) {
      columns--;
    }
    if (columns == expected || columns == 1) {
      return true;
    }
    into.problem(
        line,
        columns
            + " columns, but the header has "
            + expected
            + "; texts with a comma need quotation marks");
    return false;
  }

  private static void row(
      long line,
      CSVRecord record,
      Map<Column, Integer> columns,
      Map<String, String> ids,
      JudgmentCollector into) {
    String query = value(record, columns.get(Column.QUERY));
    String document = value(record, columns.get(Column.DOCUMENT));
    String rating = value(record, columns.get(Column.RATING));
    if (query.isEmpty()) {
      into.problem(line, "no query");
      return;
    }
    String given = columns.containsKey(Column.ID) ? value(record, columns.get(Column.ID)) : "";
    String id = given.isEmpty() ? ids.computeIfAbsent(query, q -> "" + (ids.size() + 1)) : given;
    // Quepid also exports unrated documents.
    if (into.text(line, id, query) && !rating.isEmpty()) {
      into.judgment(line, id, document, rating);
    }
  }

  private static String value(CSVRecord record, int column) {
    return column < record.size() ? record.get(column).strip() : "";
  }

  private static Map<Column, Integer> columns(CSVRecord header) {
    Map<Column, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      for (Column column : Column.values()) {
        if (NAMES.get(column).contains(name)) {
          columns.putIfAbsent(column, i);
        }
      }
    }
    return columns;
  }
}
