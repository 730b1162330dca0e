// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Ends a command with exit code 1. The message is the whole output for the user: what failed,
 * where, and what to do.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure that the user can fix.
   *
   * @param message message for the user; can have several lines
   */
  public CommandException(String message) {
    super(message);
  }

  /**
   * A failure that the user can fix, with the exception that showed it.
   *
   * @param message message for the user; can have several lines
   * @param cause shown with {@code --verbose} only
   */
  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A failure to read or write a file, with its name. The exceptions of streams, such as that of a
   * full disk, do not contain it.
   */
  public static CommandException of(Path file, IOException failure) {
    return new CommandException(
        failure instanceof FileSystemException ? line(failure) : file + ": " + failure.getMessage(),
        failure);
  }

  /** One line for any failure. */
  public static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    if (failure instanceof CommandException) {
      return message;
    }
    // The messages of these three exceptions contain only the path.
    if (failure instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "the file already exists: " + message;
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission to read or write " + message;
    }
    // The message contains the path and the reason, such as a full disk.
    if (failure instanceof FileSystemException) {
      return message;
    }
    String firstLine = message.lines().findFirst().orElse("");
    return failure.getClass().getSimpleName() + ": " + firstLine + " (--verbose: stack trace)";
  }

  /**
   * The reason for a JSON error.
   *
   * @param failure exception of Jackson
   * @return its message without the location, class names and markers
   */
  public static String reason(JsonProcessingException failure) {
    return failure
        .getOriginalMessage()
        .replaceFirst(" \\((class|start marker) .*", "")
        .replaceFirst(", from `[^`]*`", "")
        .replaceFirst(": enable `.*", "");
  }
}
