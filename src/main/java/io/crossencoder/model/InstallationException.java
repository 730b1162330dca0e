// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

/**
 * Jars or native libraries that cannot be used as they are installed. The message says what lies
 * where and what to do about it.
 */
public final class InstallationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * With a message alone.
   *
   * @param message what is wrong and what helps
   */
  public InstallationException(String message) {
    super(message);
  }

  /**
   * With the failure that showed it.
   *
   * @param message what is wrong and what helps
   * @param cause the failure
   */
  public InstallationException(String message, Throwable cause) {
    super(message, cause);
  }
}
