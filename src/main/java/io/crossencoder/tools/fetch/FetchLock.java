// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** So that two fetches of one model do not write into the same file. Ends with its process. */
final class FetchLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private FetchLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @throws CommandException if another fetch has it
   */
  static FetchLock take(Path directory, String name) throws IOException {
    Path file = directory.resolve("." + name + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // By another thread of this process; said below.
    }
    if (lock == null) {
      channel.close();
      throw new CommandException("another fetch of " + name + " is running; it holds " + file);
    }
    return new FetchLock(file, channel);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
