// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

/** Reads a query in the syntax of the lucene parser, token by token. */
final class LuceneScanner {

  private static final String END_OF_TERM = "()[]{}\"^~";

  private final String query;
  private int at;

  LuceneScanner(String query) {
    this.query = query;
  }

  /** Number of characters that were read. */
  int position() {
    return at;
  }

  boolean hasNext() {
    return at < query.length();
  }

  /** The next character; a space at the end. */
  char next() {
    return hasNext() ? query.charAt(at) : ' ';
  }

  boolean isNext(String text) {
    return query.startsWith(text, at);
  }

  /** Whether the next token is this word, followed by white space or the end. */
  boolean isNextWord(String word) {
    int end = at + word.length();
    return isNext(word) && (end == query.length() || Character.isWhitespace(query.charAt(end)));
  }

  void skip(int characters) {
    at = Math.min(at + characters, query.length());
  }

  /** Reads up to white space, a colon or another special character; can be empty. */
  String word() {
    int start = at;
    if (next() == '/') {
      int end = query.indexOf('/', at + 1);
      if (end > 0) {
        // A regular expression is not a word.
        at = end + 1;
        return "";
      }
    }
    while (hasNext()
        && !Character.isWhitespace(next())
        && next() != ':'
        && END_OF_TERM.indexOf(next()) < 0) {
      skip(next() == '\\' ? 2 : 1);
    }
    return unescape(query.substring(start, at));
  }

  /** Reads a quoted text; the next character must be a quote. */
  String quoted() {
    int start = at + 1;
    skipQuoted('"');
    int end = at > start && query.charAt(at - 1) == '"' ? at - 1 : at;
    return unescape(query.substring(start, Math.max(start, end)));
  }

  private void skipQuoted(char quote) {
    skip(1);
    while (hasNext() && next() != quote) {
      skip(next() == '\\' ? 2 : 1);
    }
    skip(1);
  }

  /** Reads local parameters and the text after them, up to white space or a parenthesis. */
  String embedded() {
    int start = at;
    boolean inParams = true;
    while (hasNext()) {
      char next = next();
      if (inParams && (next == '"' || next == '\'')) {
        skipQuoted(next);
        continue;
      }
      if (!inParams && (Character.isWhitespace(next) || next == ')' || next == '^')) {
        break;
      }
      inParams = inParams && next != '}';
      skip(1);
    }
    return query.substring(start, at);
  }

  void skipRange() {
    while (hasNext() && next() != ']' && next() != '}') {
      if (next() == '"') {
        skipQuoted('"');
      } else {
        skip(1);
      }
    }
    skip(1);
  }

  /** Skips a boost, a slop or a fuzziness. */
  void skipSuffix() {
    while (next() == '^' || next() == '~') {
      skip(1);
      while (Character.isDigit(next()) || ".=".indexOf(next()) >= 0) {
        skip(1);
      }
    }
  }

  private static String unescape(String text) {
    return text.replaceAll("\\\\(.)", "$1");
  }
}
