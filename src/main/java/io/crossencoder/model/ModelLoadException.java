// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.nio.file.Path;

/** A model directory that cannot be used. The message names the file and the reason. */
public final class ModelLoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * About a file.
   *
   * @param file the one to look at
   * @param reason what is wrong with it; the message is the file, a colon and this
   */
  public ModelLoadException(Path file, String reason) {
    super(file + ": " + reason);
  }

  /**
   * About a file, found by way of another exception.
   *
   * @param file the one to look at
   * @param reason what is wrong with it; the message is the file, a colon and this
   * @param cause kept for the log
   */
  public ModelLoadException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
