// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Prevents concurrent downloads of one model. Released when the process exits.
 *
 * <p>The holder deletes the file at the end. Another process may have opened the file before that
 * and would then hold a lock on a deleted file. Therefore a lock only counts if the path still
 * refers to the locked file.
 */
final class FetchLock implements AutoCloseable {
  /** After the content, because Windows does not let other processes read locked bytes. */
  private static final long LOCKED_BYTE = 1000;

  private final Path file;
  private final FileChannel channel;
  private final String mark;

  private FetchLock(Path file, FileChannel channel, String mark) {
    this.file = file;
    this.channel = channel;
    this.mark = mark;
  }

  /**
   * Takes the lock.
   *
   * @throws CommandException if another download holds it
   */
  static FetchLock take(Path directory, String name) throws IOException {
    Path file = directory.resolve("." + name + ".lock");
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isFree(channel)) {
        channel.close();
        throw new CommandException(
            "another download of " + name + " is running; its lock file is " + file);
      }
      FetchLock lock = new FetchLock(file, channel, UUID.randomUUID().toString());
      channel.truncate(0).write(ByteBuffer.wrap(lock.mark.getBytes(StandardCharsets.US_ASCII)));
      if (lock.isInPlace()) {
        return lock;
      }
      channel.close();
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds the lock.
      return false;
    }
  }

  /**
   * Compares the content, because Java cannot tell whether a channel and a path are the same file.
   */
  private boolean isInPlace() throws IOException {
    try {
      return Files.readString(file).equals(mark);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (isInPlace()) {
      Files.deleteIfExists(file);
    }
    channel.close();
  }
}
