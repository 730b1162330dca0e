// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import java.nio.file.NoSuchFileException;

/** Summarizes an exception of Solr, which is wrapped several times, in one line. */
final class Reason {
  private Reason() {}

  /**
   * The messages from the outermost exception to the root cause, without uninformative wrappers and
   * repetitions.
   */
  static String of(Throwable failure) {
    String reason = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = message(cause);
      if (!message.isEmpty() && !reason.contains(message)) {
        // Solr often appends a cause's message or toString() to its own message.
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
    // The message of an Error is often just a class name.
    return failure instanceof Error ? failure.getClass().getSimpleName() + ": " + message : message;
  }

  private static boolean isToStringOf(Throwable cause, String message) {
    return cause != null && message.equals(cause.toString());
  }
}
