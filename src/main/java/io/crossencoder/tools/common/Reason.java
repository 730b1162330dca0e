// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.nio.file.NoSuchFileException;

/** Solr wraps a failure many times over; this is the one line that a person wants of it. */
public final class Reason {
  private Reason() {}

  /**
   * The messages from the outermost failure to its root, without the wrappers that say nothing and
   * repetitions.
   */
  public static String of(Throwable failure) {
    String reason = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = message(cause);
      if (!message.isEmpty() && !reason.contains(message)) {
        // Solr often copies a cause's message, or its toString, to the end of its own.
        reason = message.contains(reason) ? message : reason + ": " + message;
      }
    }
    return (reason.isEmpty() ? String.valueOf(failure) : reason).replaceAll("\\s+", " ");
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage().strip();
    if (message.startsWith("Unable to create core") || isToStringOf(failure.getCause(), message)) {
      return "";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    // An Error's message is often a bare class name.
    return failure instanceof Error ? failure.getClass().getSimpleName() + ": " + message : message;
  }

  private static boolean isToStringOf(Throwable cause, String message) {
    return cause != null && message.equals(cause.toString());
  }
}
