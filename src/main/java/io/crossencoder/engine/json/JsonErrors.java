// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.json;

/** Messages for errors of the JSON parser. */
public final class JsonErrors {

  /** The parser repeats the value that it rejects, which can be a whole file. */
  private static final int MAX_LENGTH = 200;

  private JsonErrors() {}

  /**
   * The reason for an error in one line, without the parser's class names and its link to a page
   * for developers.
   *
   * @param failure exception of the parser, or of a conversion of a parsed value
   * @return at most 200 characters, such as {@code Unterminated object at line 1 column 8 path $.a}
   */
  public static String reason(RuntimeException failure) {
    String line =
        String.valueOf(failure.getMessage())
            .strip()
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst("^[\\w.]+(Exception|Error): ", "")
            .replaceFirst("^Use JsonReader\\S* to accept malformed", "malformed")
            .replaceAll("class com\\.google\\.gson\\.", "")
            .replaceFirst(" \\(.*unnamed module.*", "");
    return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
  }
}
