// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * What standard output is.
 *
 * @param width in cells
 * @param interactive whether someone is watching: lines may be redrawn
 * @param colors whether escape sequences for colors are welcome
 */
public record Terminal(int width, boolean interactive, boolean colors) {
  private static final int DEFAULT_WIDTH = 100;
  private static final int MIN_WIDTH = 60;
  private static final int MAX_WIDTH = 160;

  /**
   * Asks the environment.
   *
   * @return that of this process; 60 to 160 cells wide, 100 where {@code COLUMNS} says nothing
   */
  // From JDK 22 there is a console in a pipe too, unless -Djdk.console=java.base says otherwise.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal detect() {
    return of(System.getenv(), System.console() != null, Ansi.AUTO.enabled());
  }

  /**
   * For an environment.
   *
   * @param ansi what picocli makes of NO_COLOR, CLICOLOR and the like
   */
  static Terminal of(Map<String, String> environment, boolean console, boolean ansi) {
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return new Terminal(width(environment.get("COLUMNS")), console && !dumb, ansi && !dumb);
  }

  private static int width(String columns) {
    if (columns == null || !columns.matches("[1-9][0-9]{0,4}")) {
      return DEFAULT_WIDTH;
    }
    return Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Integer.parseInt(columns)));
  }
}
