// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

/**
 * JARs or native libraries that cannot be used as they are installed. The message contains their
 * locations and the remedy.
 */
public final class InstallationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * About what is wrong.
   *
   * @param message also says what helps
   */
  public InstallationException(String message) {
    super(message);
  }

  /**
   * The same, found by way of something else.
   *
   * @param message also says what helps
   * @param cause what was found
   */
  public InstallationException(String message, Throwable cause) {
    super(message, cause);
  }
}
