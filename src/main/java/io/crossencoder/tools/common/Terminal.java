// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * The properties of standard output.
 *
 * @param width in columns
 * @param interactive whether it is a terminal, where lines can be redrawn
 * @param colors whether color codes are allowed
 */
public record Terminal(int width, boolean interactive, boolean colors) {
  private static final int DEFAULT_WIDTH = 100;
  private static final int MIN_WIDTH = 60;
  private static final int MAX_WIDTH = 160;

  /**
   * Detects the properties.
   *
   * @return the terminal of this process; 60 to 160 columns wide, 100 if {@code COLUMNS} is not set
   */
  // Since JDK 22 there is a console in a pipe, too, unless -Djdk.console=java.base is set.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal detect() {
    return of(System.getenv(), System.console() != null, Ansi.AUTO.enabled());
  }

  /**
   * The terminal for an environment.
   *
   * @param ansi picocli's interpretation of NO_COLOR, CLICOLOR and similar variables
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
