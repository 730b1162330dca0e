// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads the JSON of a TMDB file that is plain, gzipped or in a tar archive. The format is detected
 * from the content, because downloads often have wrong names.
 */
final class TmdbFile implements Closeable {
  private static final int TAR_HEADER = 512;

  private final FileChannel channel;
  private final InputStream json;
  private final long size;

  private TmdbFile(FileChannel channel, InputStream json) throws IOException {
    this.channel = channel;
    this.json = json;
    this.size = channel.size();
  }

  /**
   * Opens a file.
   *
   * @throws java.nio.file.NoSuchFileException if the file does not exist
   * @throws IOException if an archive contains no JSON file, or several without a tmdb.json
   */
  static TmdbFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path);
    try {
      return new TmdbFile(channel, json(channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The JSON content; closed with the file. */
  InputStream json() {
    return json;
  }

  /** Size of the file on disk in bytes. */
  long size() {
    return size;
  }

  /** Number of bytes of the file that were read. */
  long position() throws IOException {
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    json.close();
    channel.close();
  }

  private static InputStream json(FileChannel channel) throws IOException {
    InputStream content = content(channel);
    byte[] header = peek(content, TAR_HEADER);
    if (!TarArchiveInputStream.matches(header, header.length)) {
      return content;
    }
    List<String> candidates = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(content);
    for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
      String name = fileName(entry);
      if (entry.isFile() && name.equals("tmdb.json")) {
        return tar;
      }
      // macOS adds files such as "._x.json".
      if (entry.isFile() && name.endsWith(".json") && !name.startsWith(".")) {
        candidates.add(entry.getName());
      }
    }
    if (candidates.size() != 1) {
      throw new IOException(
          candidates.isEmpty()
              ? "the archive contains no .json file"
              : "the archive contains several .json files and none is tmdb.json: " + candidates);
    }
    return entry(channel, candidates.get(0));
  }

  /** A tar archive can only be read forward, so it is opened again. */
  private static InputStream entry(FileChannel channel, String name) throws IOException {
    channel.position(0);
    TarArchiveInputStream tar = new TarArchiveInputStream(content(channel));
    TarArchiveEntry entry;
    do {
      entry = tar.getNextEntry();
    } while (!entry.getName().equals(name));
    return tar;
  }

  private static String fileName(TarArchiveEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  private static InputStream content(FileChannel channel) throws IOException {
    InputStream bytes = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    byte[] magic = peek(bytes, 2);
    boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    return gzip ? new BufferedInputStream(new GZIPInputStream(bytes, 1 << 16), 1 << 16) : bytes;
  }

  private static byte[] peek(InputStream in, int bytes) throws IOException {
    in.mark(bytes);
    byte[] head = in.readNBytes(bytes);
    in.reset();
    return head;
  }
}
