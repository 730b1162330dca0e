// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

/**
 * JARs or native libraries that cannot be used as they are installed. The message contains their
 * locations and the remedy.
 */
public final class InstallationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An installation that cannot be used.
   *
   * @param message problem, locations and remedy
   */
  public InstallationException(String message) {
    super(message);
  }

  /**
   * An installation that cannot be used, with the exception that showed it.
   *
   * @param message problem, locations and remedy
   * @param cause original exception
   */
  public InstallationException(String message, Throwable cause) {
    super(message, cause);
  }
}
