// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.nio.file.Path;

/** A model directory that cannot be used. The message names the file and the reason. */
public final class ModelLoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** About this file, for this reason. */
  public ModelLoadException(Path file, String reason) {
    super(file + ": " + reason);
  }

  /** About this file, for this reason, found by way of the cause. */
  public ModelLoadException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
