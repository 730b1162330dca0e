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
 * So that two fetches of one model do not write into the same file. Ends with its process.
 *
 * <p>The holder deletes the file when it is done. Another fetch may have opened the file before
 * that: its lock is on a file that nobody finds any more, beside a new one that can be locked, too.
 * So a lock counts only if the name still leads to the locked file.
 */
final class FetchLock implements AutoCloseable {
  /** Behind the mark, which Windows would not let anybody read while it is locked. */
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
   * @throws CommandException if another fetch has it
   */
  static FetchLock take(Path directory, String name) throws IOException {
    Path file = directory.resolve("." + name + ".lock");
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isFree(channel)) {
        channel.close();
        throw new CommandException("another fetch of " + name + " is running; it holds " + file);
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
      // Another thread of this process has it.
      return false;
    }
  }

  /** By what was written into it: Java does not tell which file a channel is of. */
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
