// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small archives with the structure of the book's archives. */
public final class TmdbArchives {
  private TmdbArchives() {}

  public static byte[] movies() throws IOException {
    return tgz("tmdb.json", "{\"1\":{\"a\":1}}");
  }

  public static byte[] judgments() throws IOException {
    return tgz("ai_pow_search_judgments.txt", "# qid:1: rambo*1\n4\tqid:1\t # 7555\trambo\n");
  }

  /** Alternating names and contents. */
  static byte[] tgz(String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (int i = 0; i < entries.length; i += 2) {
        // True: a leading slash is kept.
        TarArchiveEntry entry = new TarArchiveEntry(entries[i], true);
        byte[] content = entries[i + 1].getBytes(StandardCharsets.UTF_8);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
