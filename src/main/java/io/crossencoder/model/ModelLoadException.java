// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.nio.file.Path;

/** A model directory that cannot be used. The message contains the file and the reason. */
public final class ModelLoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A file that cannot be used.
   *
   * @param file file to check
   * @param reason problem; the message is the file, a colon and this text
   */
  public ModelLoadException(Path file, String reason) {
    super(file + ": " + reason);
  }

  /**
   * A file that cannot be used, with the exception that showed it.
   *
   * @param file file to check
   * @param reason problem; the message is the file, a colon and this text
   * @param cause original exception, for the log
   */
  public ModelLoadException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
