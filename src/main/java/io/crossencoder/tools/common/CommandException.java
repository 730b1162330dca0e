// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Ends a command with exit code 1. Its message is all that the user reads: what failed, where, what
 * to do.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * What the user can do something about.
   *
   * @param message what the user reads, lines and all
   */
  public CommandException(String message) {
    super(message);
  }

  /**
   * The same, found by way of another exception.
   *
   * @param message what the user reads, lines and all
   * @param cause shown with {@code --verbose} only
   */
  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }

  /** One line for a failure of any kind. */
  public static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    if (failure instanceof CommandException) {
      return message;
    }
    // These three say nothing but the path.
    if (failure instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "the file exists already: " + message;
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission to read or write " + message;
    }
    // The path and the system's reason: a full disk, one that is mounted read-only.
    if (failure instanceof FileSystemException) {
      return message;
    }
    String firstLine = message.lines().findFirst().orElse("");
    return failure.getClass().getSimpleName() + ": " + firstLine + " (--verbose: stack trace)";
  }

  /**
   * What is wrong with a JSON text.
   *
   * @param failure what Jackson threw
   * @return its message without the place, and without the classes and markers that mean something
   *     to programmers only
   */
  public static String reason(JsonProcessingException failure) {
    return failure.getOriginalMessage().replaceFirst(" \\((class|start marker) .*", "");
  }
}
