// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The words in the syntax of the lucene parser: those of text fields, without operators, boosts,
 * ranges, functions, regular expressions, filters and what is forbidden by {@code -} or {@code
 * NOT}. It reads, it does not judge: what is no correct syntax the parser itself refuses.
 */
final class LuceneWords {

  private static final Set<String> OPERATORS = Set.of("AND", "OR", "&&", "||");
  private static final String END_OF_TERM = "()[]{}\"^~";
  private static final String EMBEDDED = "{!";

  /**
   * A word, or a query that lies in this one.
   *
   * @param isQuery whether another parser is to read the text
   */
  record Piece(String text, boolean isQuery) {}

  private final String query;
  private final Predicate<String> isTextField;
  private final boolean defaultIsText;
  private final List<Piece> pieces = new ArrayList<>();
  private int at;

  /**
   * For one query.
   *
   * @param defaultIsText whether words without a field are looked for in a text field
   * @param isTextField whether a field holds words
   */
  LuceneWords(String query, boolean defaultIsText, Predicate<String> isTextField) {
    this.query = query;
    this.defaultIsText = defaultIsText;
    this.isTextField = isTextField;
  }

  /** All of it, in the order of the query. */
  List<Piece> pieces() {
    clauses(new Place(defaultIsText, false));
    return pieces;
  }

  /**
   * Where a clause stands.
   *
   * @param isText whether words there are looked for in a text field
   * @param excluded whether it is forbidden, or only a filter
   */
  private record Place(boolean isText, boolean excluded) {

    Place exclude() {
      return new Place(isText, true);
    }
  }

  /** Clauses up to a closing parenthesis, or to the end. */
  private void clauses(Place place) {
    boolean forbidden = false;
    while (at < query.length()) {
      char next = query.charAt(at);
      if (next == ')') {
        at++;
        return;
      }
      if (Character.isWhitespace(next) || next == '+') {
        at++;
      } else if (next == '-' || next == '!') {
        forbidden = true;
        at++;
      } else if (isOperator("NOT")) {
        forbidden = true;
        at += 3;
      } else if (OPERATORS.stream().anyMatch(this::isOperator)) {
        at += isOperator("AND") ? 3 : 2;
      } else {
        clause(forbidden ? place.exclude() : place);
        forbidden = false;
      }
    }
  }

  private boolean isOperator(String word) {
    int end = at + word.length();
    return query.startsWith(word, at)
        && (end == query.length() || Character.isWhitespace(query.charAt(end)));
  }

  private void clause(Place place) {
    int start = at;
    String word = word();
    if (at == start) {
      value(place);
    } else if (at < query.length() && query.charAt(at) == ':') {
      at++;
      ofField(word, place);
    } else if (word.equals("filter") && at < query.length() && query.charAt(at) == '(') {
      at++;
      clauses(place.exclude());
    } else {
      add(word, place);
    }
  }

  private void ofField(String field, Place place) {
    if (at == query.length() || Character.isWhitespace(query.charAt(at))) {
      // A colon at the end of a word, as in a title.
      add(field, place);
    } else if (field.equals("_query_")) {
      addQuery(query.charAt(at) == '"' ? quoted() : word(), place);
    } else {
      valueOrWord(new Place(isTextField.test(field), place.excluded()));
    }
  }

  private void valueOrWord(Place place) {
    int start = at;
    String word = word();
    if (at > start) {
      add(word, place);
    } else {
      value(place);
    }
  }

  /** What does not begin as a word does. */
  private void value(Place place) {
    char next = query.charAt(at);
    if (next == '(') {
      at++;
      clauses(place);
    } else if (next == '"') {
      add(quoted(), place);
    } else if (query.startsWith(EMBEDDED, at)) {
      addQuery(embedded(), place);
    } else if (next == '[' || next == '{') {
      while (at < query.length() && query.charAt(at) != ']' && query.charAt(at) != '}') {
        at++;
      }
      at = Math.min(at + 1, query.length());
    } else {
      at++;
    }
    suffix();
  }

  /** Local parameters and, as far as no white space or parenthesis comes, what they are for. */
  private String embedded() {
    int start = at;
    boolean inParams = true;
    while (at < query.length()) {
      char next = query.charAt(at);
      if (inParams && (next == '"' || next == '\'')) {
        skipQuoted(next);
        continue;
      }
      if (!inParams && (Character.isWhitespace(next) || next == ')' || next == '^')) {
        break;
      }
      inParams = inParams && next != '}';
      at++;
    }
    return query.substring(start, at);
  }

  private void skipQuoted(char quote) {
    at++;
    while (at < query.length() && query.charAt(at) != quote) {
      at += query.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, query.length());
  }

  private String quoted() {
    int start = at + 1;
    skipQuoted('"');
    int end = at > start && query.charAt(at - 1) == '"' ? at - 1 : at;
    return unescape(query.substring(start, Math.max(start, end)));
  }

  /** Up to white space, a colon, or what the syntax has for something else. */
  private String word() {
    int start = at;
    if (at < query.length() && query.charAt(at) == '/') {
      int end = query.indexOf('/', at + 1);
      if (end > 0) {
        // A regular expression, which is no word.
        at = end + 1;
        return "";
      }
    }
    while (at < query.length()) {
      char next = query.charAt(at);
      if (Character.isWhitespace(next) || next == ':' || END_OF_TERM.indexOf(next) >= 0) {
        break;
      }
      at += next == '\\' ? 2 : 1;
    }
    at = Math.min(at, query.length());
    return unescape(query.substring(start, at));
  }

  /** A boost, a slop, or how much a word may differ. */
  private void suffix() {
    while (at < query.length() && (query.charAt(at) == '^' || query.charAt(at) == '~')) {
      at++;
      while (at < query.length()
          && (Character.isDigit(query.charAt(at)) || ".=".indexOf(query.charAt(at)) >= 0)) {
        at++;
      }
    }
  }

  private void add(String word, Place place) {
    suffix();
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

  private static String unescape(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }
}
