// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Extracts the text from a query in the syntax of the lucene parser: the words for text fields,
 * without operators, boosts, ranges, functions, regular expressions, filters and clauses excluded
 * by {@code -} or {@code NOT}. Invalid syntax is not reported, because the parser itself rejects
 * it.
 */
final class LuceneWords {

  private static final List<String> OPERATORS = List.of("AND", "OR", "&&", "||");
  private static final String NOT = "NOT";
  private static final String EMBEDDED = "{!";

  /**
   * A word or an embedded query.
   *
   * @param isQuery whether the text is a query for another parser
   */
  record Piece(String text, boolean isQuery) {}

  private final LuceneScanner query;
  private final Predicate<String> isTextField;
  private final boolean defaultIsText;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * An extractor for one query.
   *
   * @param defaultIsText whether the default field is a text field
   * @param isTextField whether a field is a text field
   */
  LuceneWords(String query, boolean defaultIsText, Predicate<String> isTextField) {
    this.query = new LuceneScanner(query);
    this.defaultIsText = defaultIsText;
    this.isTextField = isTextField;
  }

  /** All pieces in the order of the query. */
  List<Piece> pieces() {
    clauses(new Place(defaultIsText, false));
    return pieces;
  }

  /**
   * The context of a clause.
   *
   * @param isText whether words belong to a text field
   * @param excluded whether the clause is excluded, or only a filter
   */
  private record Place(boolean isText, boolean excluded) {

    Place exclude() {
      return new Place(isText, true);
    }
  }

  /** Reads clauses up to a closing parenthesis or the end. */
  private void clauses(Place place) {
    boolean forbidden = false;
    while (query.hasNext()) {
      char next = query.next();
      if (next == ')') {
        query.skip(1);
        return;
      }
      if (Character.isWhitespace(next) || next == '+') {
        query.skip(1);
      } else if (next == '-' || next == '!') {
        forbidden = true;
        query.skip(1);
      } else if (query.isNextWord(NOT)) {
        forbidden = true;
        query.skip(NOT.length());
      } else if (!skipOperator()) {
        clause(forbidden ? place.exclude() : place);
        forbidden = false;
      }
    }
  }

  private boolean skipOperator() {
    for (String operator : OPERATORS) {
      if (query.isNextWord(operator)) {
        query.skip(operator.length());
        return true;
      }
    }
    return false;
  }

  private void clause(Place place) {
    int start = query.position();
    String word = query.word();
    if (query.position() == start) {
      value(place);
    } else if (query.hasNext() && query.next() == ':') {
      query.skip(1);
      ofField(word, place);
    } else if (word.equals("filter") && query.next() == '(') {
      query.skip(1);
      clauses(place.exclude());
    } else {
      add(word, place);
    }
  }

  private void ofField(String field, Place place) {
    if (Character.isWhitespace(query.next())) {
      // A colon at the end of a word, such as in a title.
      add(field, place);
    } else if (field.equals("_query_")) {
      addQuery(query.next() == '"' ? query.quoted() : query.word(), place);
    } else {
      valueOrWord(new Place(isTextField.test(field), place.excluded()));
    }
  }

  private void valueOrWord(Place place) {
    int start = query.position();
    String word = query.word();
    if (query.position() > start) {
      add(word, place);
    } else {
      value(place);
    }
  }

  /** Reads a value that does not start like a word. */
  private void value(Place place) {
    char next = query.next();
    if (next == '(') {
      query.skip(1);
      clauses(place);
    } else if (next == '"') {
      add(query.quoted(), place);
    } else if (query.isNext(EMBEDDED)) {
      addQuery(query.embedded(), place);
    } else if (next == '[' || next == '{') {
      query.skipRange();
    } else {
      query.skip(1);
    }
    query.skipSuffix();
  }

  private void add(String word, Place place) {
    query.skipSuffix();
    String text = word.replaceAll("[*?]+$|^[*?]+", "");
    if (place.isText() && !place.excluded() && !text.isBlank()) {
      pieces.add(new Piece(text, false));
    }
  }

  private void addQuery(String nested, Place place) {
    if (!place.excluded()) {
      pieces.add(new Piece(nested, true));
    }
  }
}
